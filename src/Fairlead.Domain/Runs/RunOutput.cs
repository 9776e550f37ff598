using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Runs;

public sealed record RunOutput(string Name, ArtifactRef Artifact);
