"""Pages of bodies and of the register: in public, on the desk."""
