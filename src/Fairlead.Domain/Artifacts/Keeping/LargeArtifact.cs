namespace Fairlead.Domain.Artifacts.Keeping;

/// <summary>An artifact that takes much of the store.</summary>
/// <param name="Kind"><c>outputs</c> or <c>datasets</c>.</param>
/// <param name="Record">The newest run or version that has it, such as <c>train-3</c> or <c>rides@2</c>.</param>
/// <param name="Owner">What it is there, such as <c>output model.onnx of train-3</c>.</param>
/// <param name="Bytes">Of all its files; what it shares with others counts in full.</param>
/// <param name="Records">How many runs and versions have it.</param>
public sealed record LargeArtifact(string Kind, string Record, string Owner, Digest Digest, long Bytes, int Records);
