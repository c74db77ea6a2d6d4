"""The rehearsal: the whole journey through API Gateway and Lambda, on exactly what would be deployed."""
