"""What a camera sees: a film of one QR code held still, for Chromium's fake camera."""

from pathlib import Path

import segno

WIDTH, HEIGHT, FRAMES = 640, 480, 10
GREY, WHITE = 90, 235


def film(code: str, target: Path, module: int = 6) -> Path:
    """Write a film (YUV4MPEG2) of the code of ``code``, each module so many pixels, on a grey wall."""
    rows = [bytearray([GREY] * WIDTH) for _ in range(HEIGHT)]
    matrix = [list(row) for row in segno.make(code, error="m", micro=False).matrix_iter(border=4)]
    left, top = (WIDTH - len(matrix) * module) // 2, (HEIGHT - len(matrix) * module) // 2
    for y, row in enumerate(matrix):
        line = b"".join(bytes([16 if dark else WHITE]) * module for dark in row)
        for step in range(module):
            rows[top + y * module + step][left : left + len(line)] = line
    frame = b"FRAME\n" + b"".join(rows) + bytes([128]) * (WIDTH * HEIGHT // 2)
    target.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * FRAMES)
    return target
