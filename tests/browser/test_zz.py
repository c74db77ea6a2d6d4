from tests.browser.chromium import Pages
from tests.browser.test_no_network import *
def test_x(pages: Pages, wiring: Wiring) -> None:
    page = pages()
    opened(page, FORM)
    w = page.context.service_workers[0]
    w.on("console", lambda m: print("W", m.text))
    print(w.evaluate("async () => { const c = await caches.open('ws-forms'); return (await c.keys()).map(k => k.url) }"))
    page.context.set_offline(True)
    print(w.evaluate("async (u) => { try { const r = await fetch(u); return [r.status, r.type] } catch (e) { return String(e) } }", page.url))
    page.wait_for_timeout(1000)
    try:
        page.reload()
    except Exception as e: print("ERR", str(e)[:100])
    try:
        page.goto(FORM)
        print("ok goto")
    except Exception as e: print("ERR", str(e)[:100])
