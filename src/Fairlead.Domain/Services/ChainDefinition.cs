using Fairlead.Domain.Models;

namespace Fairlead.Domain.Services;

/// <summary>A service that scores in several stages: models, and SQL between them.</summary>
/// <param name="Inputs">What the service takes; empty when the first stage is a model, whose inputs they are then.</param>
/// <param name="Stages">At least one, in order.</param>
public sealed record ChainDefinition(IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<ChainStage> Stages);
