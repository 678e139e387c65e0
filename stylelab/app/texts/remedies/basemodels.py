"""What is said when a base model cannot be used, fetched or imported.

In: nothing. Out: Remedy by an error's code. Next: explain.
"""

from __future__ import annotations

from stylelab.app.texts.remedies.known import Remedy, build_page_button
from stylelab.app.texts.words import translate


def list_basemodel_remedies() -> dict[str, Remedy]:
    """Return what is said, by an error's code."""
    return _models() | _trust() | _library() | _imports() | _connections() | _downloads()


def _models() -> dict[str, Remedy]:
    """Return what is said when a base model cannot be used."""
    models = build_page_button("models")
    return {
        "model": Remedy(
            translate("remedies", "The base model cannot be used"), translate("remedies", "Choose another."), models
        ),
        "model_missing": Remedy(
            translate("remedies", "The base model is not there"),
            translate("remedies", "Choose its folder, or another base."),
            models,
        ),
        "model_incomplete": Remedy(
            translate("remedies", "The base model is incomplete"),
            translate("remedies", "Download it again, or choose another."),
            models,
        ),
        "model_code": Remedy(
            translate("remedies", "This model wants to run its own code"),
            translate("remedies", "StyleLab runs no code from models. Choose another."),
            models,
        ),
        "model_no_chat": Remedy(
            translate("remedies", "This model does not follow instructions"),
            translate("remedies", "Choose an instruct model for rewriting in the plan of the pairs."),
            build_page_button("pairs"),
        ),
        "model_no_end": Remedy(
            translate("remedies", "This model does not know where a text ends"),
            translate("remedies", "Choose another base, one whose tokenizer names an end."),
            models,
        ),
        "model_language": Remedy(
            translate("remedies", "There is no text in this language to measure with"),
            translate("remedies", "Check the base model in another language."),
            models,
        ),
        "model_unknown": Remedy(
            translate("remedies", "Nobody can say what memory this model takes"),
            translate("remedies", "Choose a base of the Qwen, Llama or Mistral kind."),
            models,
        ),
        "model_unloadable": Remedy(
            translate("remedies", "The base model cannot be loaded"),
            translate("remedies", "Download or convert it again, or choose another."),
            models,
        ),
    }


def _trust() -> dict[str, Remedy]:
    """Return what is said when a base model is not what it must be, or tells nothing."""
    models = build_page_button("models")
    return {
        "model_damaged": Remedy(
            translate("remedies", "The base model’s files are damaged"),
            translate("remedies", "Download or convert it again, or choose another. The details name the file."),
            models,
        ),
        "model_link": Remedy(
            translate("remedies", "A file of this model lies elsewhere"),
            translate("remedies", "Copy the file that the details name into the model’s folder."),
            models,
        ),
        "model_template": Remedy(
            translate("remedies", "The model’s chat template cannot be used"),
            translate("remedies", "Choose another model, or one with its makers’ own template."),
            models,
        ),
        "model_group": Remedy(
            translate("remedies", "The model does not divide into groups of this size"),
            translate("remedies", "Choose the other group size, or keep 16 bits."),
            models,
        ),
        "model_convert": Remedy(
            translate("remedies", "The base model cannot be converted so"),
            translate("remedies", "Choose other bits, or another model."),
            models,
        ),
        "model_unmeasured": Remedy(
            translate("remedies", "The base model cannot be measured"),
            translate("remedies", "Download or convert it again, or choose another."),
            models,
        ),
    }


def _library() -> dict[str, Remedy]:
    """Return what is said when the models folder, the catalogue or the token is not as it must be."""
    models = build_page_button("models")
    return {
        "model_exists": Remedy(
            translate("remedies", "There is another base model of this name"),
            translate("remedies", "Remove that one first, or give the new one another name."),
            models,
        ),
        "model_name": Remedy(
            translate("remedies", "A base model cannot have this name"),
            translate("remedies", "Use letters, digits, points and dashes."),
        ),
        "model_in_use": Remedy(
            translate("remedies", "A project uses this base model"),
            translate("remedies", "Choose another base there first. The details say which project it is."),
            models,
        ),
        "catalogue": Remedy(
            translate("remedies", "The list of base models is damaged"),
            translate("remedies", "Install StyleLab again. Models can still be chosen by their folder."),
        ),
        "token": Remedy(
            translate("remedies", "This is no token"), translate("remedies", "Copy it from the hub’s page again.")
        ),
        "token_keychain": Remedy(
            translate("remedies", "No keychain keeps the token"),
            translate("remedies", "Set the environment variable HF_TOKEN instead. No token is written to a file."),
        ),
    }


def _imports() -> dict[str, Remedy]:
    """Return what is said when a GGUF file cannot be imported."""
    return {
        "model_gguf": Remedy(
            translate("remedies", "The GGUF file cannot be read"),
            translate("remedies", "Download it again, or choose the model’s MLX or Hugging Face folder."),
        ),
        "model_gguf_kind": Remedy(
            translate("remedies", "GGUF files of this kind cannot be imported"),
            translate("remedies", "Choose a file of the Llama, Mistral or Qwen kind, or the model’s own folder."),
        ),
        "model_gguf_tokenizer": Remedy(
            translate("remedies", "The GGUF file’s tokenizer loses text"),
            translate("remedies", "Choose the model’s MLX or Hugging Face folder instead."),
        ),
    }


def _connections() -> dict[str, Remedy]:
    """Return what is said when the hub or the package index does not answer, or refuses."""
    return {
        "download_offline": Remedy(
            translate("remedies", "The model hub cannot be reached"),
            translate("remedies", "Check the connection and try again. What has arrived is kept."),
        ),
        "download_answer": Remedy(
            translate("remedies", "Something else answers in place of the model hub"),
            translate("remedies", "Check the mirror that HF_ENDPOINT names, or log in to the network first."),
        ),
        "download_busy": Remedy(
            translate("remedies", "The model hub wants a pause"),
            translate("remedies", "Wait as long as the details say, and try again. With a token the hub allows more."),
        ),
        "download_gated": Remedy(
            translate("remedies", "The makers of this model ask for your consent"),
            translate("remedies", "Accept their terms on the hub, and give StyleLab a read token of that account."),
        ),
        "download_missing": Remedy(
            translate("remedies", "There is no such model to download"),
            translate("remedies", "Check its name. A private model needs a read token."),
        ),
        "download_pip": Remedy(
            translate("remedies", "Packages cannot be fetched here"),
            translate("remedies", "Install pip, or choose a model from the hub or a folder."),
        ),
    }


def _downloads() -> dict[str, Remedy]:
    """Return what is said when a download breaks off, or what arrives is not what was asked for."""
    return {
        "download_stalled": Remedy(
            translate("remedies", "The download does not go on"),
            translate("remedies", "Check the connection and try again. It goes on where it stopped."),
        ),
        "download_died": Remedy(
            translate("remedies", "The download stopped unexpectedly"),
            translate("remedies", "Try it again. It goes on where it stopped."),
        ),
        "download_running": Remedy(
            translate("remedies", "This model is being downloaded already"),
            translate("remedies", "Wait until that has finished, or stop it."),
        ),
        "download_hash": Remedy(
            translate("remedies", "What arrived is not the model that was asked for"),
            translate("remedies", "It is thrown away. Try it again, or choose another source."),
        ),
        "download_files": Remedy(
            translate("remedies", "There is no usable model in this repository"),
            translate("remedies", "Choose one in MLX or Hugging Face format, or name one of its GGUF files."),
        ),
        "download_package": Remedy(
            translate("remedies", "The package with the model could not be fetched"),
            translate("remedies", "Check the connection and pip’s settings, or choose a model from a folder."),
        ),
    }
