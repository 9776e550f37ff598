using Fairlead.Artifacts.Blobs;

namespace Fairlead.Artifacts.Keeping;

/// <summary>A record that names a blob or a tree.</summary>
/// <param name="Kind">What names it, in words such as <c>outputs</c>.</param>
/// <param name="Name">Which one, where that says something; else null.</param>
/// <param name="Owner">The record itself, for messages, such as <c>output model.onnx of train-3</c>.</param>
/// <param name="MustExist">The record says that it is an artifact of the store; else it may be any hash.</param>
internal readonly record struct Reference(string Kind, string? Name, string Owner, BlobName Blob, bool MustExist = false)
{
    /// <summary>Bytes of all that it names, where it is an output or a state of a dataset; else 0.</summary>
    public long Size { get; init; }

    /// <summary>The run or the version of a dataset that has it, such as <c>train-3</c>, where there is a size.</summary>
    public string? Record { get; init; }
}
