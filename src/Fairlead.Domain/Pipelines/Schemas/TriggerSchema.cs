namespace Fairlead.Domain.Pipelines.Schemas;

/// <summary>What a kind of trigger is called, takes and tells: checks of the project file and its JSON Schema are made of it.</summary>
public sealed record TriggerSchema(string Kind, string Summary)
{
    /// <summary>The setting that may stand under the kind's own key, such as the schedule in <c>cron: "0 6 * * *"</c>; null when there is none.</summary>
    public string? Main { get; init; }

    public IReadOnlyList<SettingSchema> Settings { get; init; } = [];

    /// <summary>What conditions and inputs find under <c>trigger</c>.</summary>
    public IReadOnlyList<StageOutput> Data { get; init; } = [];

    /// <summary>A sentence without subject and end about what is wrong with settings that are right one by one, or null.</summary>
    public Func<System.Text.Json.JsonElement, string?> Check { get; init; } = static _ => null;

    /// <summary>A trigger as it stands in a project file.</summary>
    public required string Example { get; init; }

    public SettingSchema? Find(string name) => Settings.FirstOrDefault(setting => setting.Name == name);
}
