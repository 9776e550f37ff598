using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Keys;

/// <param name="Parts">Sorted by name (ordinal).</param>
internal sealed record StepKey(Digest Digest, IReadOnlyList<KeyPart> Parts);
