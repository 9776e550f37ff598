using Fairlead.Domain.Artifacts;

namespace Fairlead.Web.Contracts;

/// <param name="UsedBy">What holds the blob, in words, such as <c>dataset customers@1</c>; empty when nothing recorded does.</param>
/// <param name="Cure">What a repair did about it; null when none was asked for.</param>
public sealed record BlobFinding(Digest Digest, IReadOnlyList<string> UsedBy, string? Cure = null);
