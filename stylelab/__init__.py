"""StyleLab: from a heap of files to a LoRA adapter that writes in an author's voice."""

__version__ = "0.1.0"
