using Fairlead.Domain.Artifacts;

namespace Fairlead.Web.Contracts;

/// <param name="UsedBy">What holds the blob, in words, such as <c>dataset customers@1</c>; empty when nothing recorded does.</param>
public sealed record BlobFinding(Digest Digest, IReadOnlyList<string> UsedBy);
