"""Parts that all cards share: the target, the frame, the controls, the verdict."""
