using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Models;

namespace Fairlead.Domain.Releases;

/// <summary>A chain as a release carries it.</summary>
/// <param name="Signature">What the whole chain takes and gives.</param>
/// <param name="Digest">Over its stages: what makes two chains the same.</param>
public sealed record ReleasedChain(Signature Signature, Digest Digest, IReadOnlyList<ReleasedStage> Stages);
