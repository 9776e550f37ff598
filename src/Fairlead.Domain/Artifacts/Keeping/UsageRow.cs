namespace Fairlead.Domain.Artifacts.Keeping;

/// <summary>What one step, dataset or kind of record takes of the store.</summary>
/// <param name="Bytes">Of all blobs that it needs, each once.</param>
/// <param name="OwnBytes">Of those that nothing else needs: what would be freed without it.</param>
public sealed record UsageRow(string Kind, string? Name, int Blobs, long Bytes, long OwnBytes);
