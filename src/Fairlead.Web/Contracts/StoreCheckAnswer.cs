using Fairlead.Predictions.Keeping;

namespace Fairlead.Web.Contracts;

/// <summary>What a look at every stored byte found.</summary>
/// <param name="Damaged">Blobs whose bytes do not match their digest, by digest.</param>
/// <param name="Missing">Blobs that something recorded needs and the store lacks, by digest.</param>
/// <param name="Predictions">Files of predictions and segments of the log.</param>
public sealed record StoreCheckAnswer(IReadOnlyList<BlobFinding> Damaged, IReadOnlyList<BlobFinding> Missing, PredictionCheckReport Predictions);
