using System.Text.Json;
using Fairlead.Domain.Configurations;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Makes the settings of a service out of their checked map, and reports defaults and bounds that contradict one another.</summary>
internal sealed class SettingBuilder(References references, ProblemList problems)
{
    public IReadOnlyList<ConfigSetting> Build(string service, YamlMap config) =>
        [.. config.Entries.Select(entry => Build(service, entry)).OrderBy(setting => setting.Name, StringComparer.Ordinal)];

    private ConfigSetting Build(string service, YamlEntry entry)
    {
        var name = entry.Key.Value;
        var subject = $"setting '{name}' of service '{service}'";
        if (references.HasService(name))
            problems.Add(entry.Key.Place, $"{subject} has the name of a service, below which environments give values to that service alone; rename it");
        return entry.Value is YamlMap declaration ? Declared(name, declaration, entry.Key.Place, subject) : Plain(name, entry.Value, subject);
    }

    private ConfigSetting Plain(string name, YamlNode value, string subject)
    {
        if (value is YamlScalar { IsNull: true })
        {
            problems.Add(value.Place, $"{subject} has no value; write its default, or a map with its '{Keys.Type}'");
            return new ConfigSetting(name, ConfigType.String);
        }

        var json = YamlJson.Element(value);
        return new ConfigSetting(name, TypeOf(json)) { Default = json };
    }

    private ConfigSetting Declared(string name, YamlMap body, Place place, string subject)
    {
        var given = body.Find(Keys.Default) is { Value: not YamlScalar { IsNull: true } } entry ? YamlJson.Element(entry.Value) : (JsonElement?)null;
        if (body.Text(Keys.Type) is null && given is null)
            problems.Add(place, $"{subject} has neither a '{Keys.Type}' nor a '{Keys.Default}'; add one of them");
        var type = body.Text(Keys.Type) is { } word ? Enum.Parse<ConfigType>(word, ignoreCase: true) : given is { } value ? TypeOf(value) : ConfigType.String;
        var setting = new ConfigSetting(name, type)
        {
            Minimum = Number(body, Keys.Minimum),
            Maximum = Number(body, Keys.Maximum),
            Choices = body.Find(Keys.Enum) is null ? null : Choices(body.Find(Keys.Enum)!.Value, subject),
            Description = body.Text(Keys.Description)?.Trim(),
        };
        Check(setting, body, subject);
        if (given is { } fallback && setting.Problem(fallback) is { } problem)
            problems.Add(body.Find(Keys.Default)!.Value.Place, $"the default of {subject} {problem}");
        return setting with { Default = given };
    }

    private void Check(ConfigSetting setting, YamlMap body, string subject)
    {
        var isNumber = setting.Type is ConfigType.Number or ConfigType.Integer;
        foreach (var key in new[] { Keys.Minimum, Keys.Maximum })
        {
            if (!isNumber && body.Find(key) is { } entry)
                problems.Add(entry.Key.Place, $"'{key}' of {subject} is for numbers; remove it");
        }

        if (setting is { Minimum: { } least, Maximum: { } most } && least > most)
            problems.Add(body.Find(Keys.Minimum)!.Value.Place, $"{subject} has a '{Keys.Minimum}' above its '{Keys.Maximum}'; make one fit the other");
        foreach (var choice in setting.Choices ?? [])
        {
            if ((setting with { Choices = null }).Problem(choice) is { } problem)
                problems.Add(body.Find(Keys.Enum)!.Value.Place, $"a value in '{Keys.Enum}' of {subject} {problem}");
        }
    }

    private List<JsonElement>? Choices(YamlNode node, string subject)
    {
        if (node is YamlList { Items.Count: > 0 } list)
            return [.. list.Items.Select(YamlJson.Element)];
        problems.Add(node.Place, $"'{Keys.Enum}' of {subject} must be a list with one value at least, not {(node is YamlList ? "an empty one" : node.Kind)}");
        return null;
    }

    private static ConfigType TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => ConfigType.Number,
        JsonValueKind.True or JsonValueKind.False => ConfigType.Boolean,
        JsonValueKind.Array => ConfigType.List,
        JsonValueKind.Object => ConfigType.Map,
        _ => ConfigType.String,
    };

    private static double? Number(YamlMap body, string key) => body.Scalar(key) is { } number ? CoreSchema.ToJson(number).GetDouble() : null;
}
