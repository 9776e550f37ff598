namespace Fairlead.Domain.Pipelines.Schemas;

/// <summary>What a kind of stage is called, takes and gives: checks of the project file, its JSON Schema and the reference are all made of it.</summary>
public sealed record StageSchema(string Kind, string Summary)
{
    /// <summary>The setting that may stand under the kind's own key, such as the environment in <c>deploy: stage</c>; null when there is none.</summary>
    public string? Main { get; init; }

    public IReadOnlyList<SettingSchema> Settings { get; init; } = [];

    /// <summary>Settings of which a stage has at least one; empty for no such rule.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>The setting that is the stage's condition, where the kind itself is called as that is; null where there is none.</summary>
    public string? Condition { get; init; }

    /// <summary>What conditions and later stages find under the stage's name.</summary>
    public IReadOnlyList<StageOutput> Outputs { get; init; } = [];

    /// <summary>Stages as they stand in a project file.</summary>
    public required string Example { get; init; }

    public SettingSchema? Find(string name) => Settings.FirstOrDefault(setting => setting.Name == name);
}
