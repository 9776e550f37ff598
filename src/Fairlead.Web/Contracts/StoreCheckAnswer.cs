namespace Fairlead.Web.Contracts;

/// <summary>What a look at every stored byte found.</summary>
/// <param name="Damaged">Blobs whose bytes do not match their digest, by digest.</param>
/// <param name="Missing">Blobs that something recorded needs and the store lacks, by digest.</param>
public sealed record StoreCheckAnswer(IReadOnlyList<BlobFinding> Damaged, IReadOnlyList<BlobFinding> Missing);
