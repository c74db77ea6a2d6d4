"""Form definitions and their texts: data only. They ship to Lambda as a package of their own."""
