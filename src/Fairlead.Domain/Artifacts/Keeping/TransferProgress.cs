namespace Fairlead.Domain.Artifacts.Keeping;

/// <summary>How far a transfer is.</summary>
/// <param name="Name">What is transferred.</param>
/// <param name="Bytes">Moved, or there already.</param>
/// <param name="Blobs">Done, or there already.</param>
/// <param name="Skipped">Bytes that were there already.</param>
public sealed record TransferProgress(string Name, long Bytes, long TotalBytes, int Blobs, int TotalBlobs, long Skipped);
