using Fairlead.Domain.Configurations;
using Fairlead.Domain.Services;

namespace Fairlead.Domain.Projects;

/// <summary>A service in the project file: a model, a chain or a command, exactly one of them.</summary>
public sealed record ServiceDefinition
{
    public required string Name { get; init; }

    /// <summary>Name of the model that the built-in engine serves.</summary>
    public string? Model { get; init; }

    public ChainDefinition? Chain { get; init; }

    public CommandDefinition? Command { get; init; }

    public CaptureDurability Durability { get; init; }

    public CapturePolicy Capture { get; init; } = CapturePolicy.Default;

    /// <summary>Null when outcomes come by prediction id only.</summary>
    public OutcomeKey? Outcome { get; init; }

    /// <summary>Null leaves it to what the answers and outcomes look like.</summary>
    public EvaluationPolicy? Evaluation { get; init; }

    /// <summary>For a model or a chain.</summary>
    public BatchPolicy? Batch { get; init; }

    public ServingLimits Limits { get; init; } = ServingLimits.Default;

    /// <summary>What an environment can set, in the order of their names.</summary>
    public IReadOnlyList<ConfigSetting> Config { get; init; } = [];

    /// <summary>Names of the models that it scores with, in order.</summary>
    public IEnumerable<string> Models =>
        Model is not null ? [Model] : Chain is null ? [] : Chain.Stages.Where(stage => stage.Model is not null).Select(stage => stage.Model!);
}
