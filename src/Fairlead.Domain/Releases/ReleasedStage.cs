using Fairlead.Domain.Models;

namespace Fairlead.Domain.Releases;

/// <summary>One stage of a released chain: a model version or the text of a transform, never both.</summary>
public sealed record ReleasedStage(ModelVersion? Model, string? Sql);
