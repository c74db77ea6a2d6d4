"""How Waystation is packaged, deployed and run on one machine. Nothing in here ships to Lambda."""
