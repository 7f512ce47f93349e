"""Pure structures of a charter: what a draft is, how its provisions are named and cited."""
