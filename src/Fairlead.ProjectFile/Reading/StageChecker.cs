using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Domain.Problems;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>
/// Compares a stage with the schema of its kind, and puts it into one form: what every stage has, the kind under <c>kind</c>, and its settings under
/// <c>settings</c>, also those that stood beside the kind or were its value alone.
/// </summary>
internal sealed class StageChecker(ProblemList problems, Func<YamlNode, Shape, Subject, YamlNode?> check)
{
    public const string Kind = "kind";
    public const string Settings = "settings";

    public YamlMap Check(YamlNode node, StageShape shape, Subject subject)
    {
        if (node is not YamlMap map)
        {
            problems.Add(node.Place, $"{subject} must be a map with a kind of stage, not {node.Kind}; write such as '{{ wait: 10m }}'");
            return new YamlMap(node.Place, []);
        }

        var kept = new List<YamlEntry>();
        var rest = map.Entries.Where(entry => shape.Frame.Find(entry.Key.Value) is null || IsKind(entry)).ToList();
        foreach (var entry in map.Entries.Except(rest))
        {
            if (shape.Frame.Find(entry.Key.Value) is { Shape: { } of } && check(entry.Value, of, subject.Below(entry.Key.Value, entry.Key.Place)) is { } value)
                kept.Add(entry with { Value = value });
        }

        if (map.Find(Keys.Uses) is null)
            AddKind(rest, kept, subject);
        else
            RefuseBesideTemplate(map, subject);
        return map with { Entries = kept };
    }

    /// <summary>What every stage may have as text is, as a map, the kind of that name; rules of who is told are a list, and anything else is the message of a stage.</summary>
    private static bool IsKind(YamlEntry entry) => entry is { Key.Value: Keys.Check, Value: YamlMap } or { Key.Value: Keys.Notify, Value: not YamlList };

    private void AddKind(List<YamlEntry> rest, List<YamlEntry> kept, Subject subject)
    {
        foreach (var planned in rest.Where(entry => StageSchemas.Planned.Contains(entry.Key.Value)))
            problems.Add(planned.Key.Place, $"{subject.Key(planned.Key.Value)} is not supported yet; remove it for now");
        if (rest.Any(entry => StageSchemas.Planned.Contains(entry.Key.Value)))
            return;
        // The first that is a kind: its settings may be named like another one.
        var kind = rest.FirstOrDefault(entry => StageSchemas.Find(entry.Key.Value) is not null);
        if (kind is null)
        {
            var hint = rest.Count > 0 ? NearestName.Hint(Quoted.Text(rest[0].Key.Value), [.. StageSchemas.All.Select(schema => schema.Kind)]) : $"known: {string.Join(", ", StageSchemas.All.Select(schema => schema.Kind).Order(StringComparer.Ordinal))}";
            problems.Add(rest.Count > 0 ? rest[0].Key.Place : subject.Place, $"{subject} has no kind of stage; {hint}");
            return;
        }

        var schema = StageSchemas.Find(kind.Key.Value)!;
        var settings = Collect(kind, rest, schema, subject);
        var place = kind.Key.Place;
        if (settings.Find(entry => entry.Key.Value == schema.Condition) is { } condition)
        {
            settings.Remove(condition);
            kept.Add(condition with { Key = condition.Key with { Value = Keys.Check } });
        }

        kept.Add(new YamlEntry(new YamlScalar(place, Kind, true), kind.Key with { Place = place }));
        kept.Add(new YamlEntry(new YamlScalar(place, Settings, true), new YamlMap(place, settings)));
    }

    private List<YamlEntry> Collect(YamlEntry kind, List<YamlEntry> rest, StageSchema schema, Subject subject)
    {
        var given = new List<YamlEntry>();
        if (kind.Value is YamlMap map && (schema.Main is null || schema.Find(schema.Main)!.Type is not (SettingType.Map or SettingType.Any)))
            given.AddRange(map.Entries);
        else if (kind.Value is not YamlScalar { IsNull: true } && schema.Main is { } main)
            given.Add(new YamlEntry(new YamlScalar(kind.Key.Place, main, true), kind.Value));
        else if (kind.Value is not (YamlMap or YamlScalar { IsNull: true }))
            problems.Add(kind.Value.Place, $"{subject.Key(schema.Kind)} must be a map of settings, not {kind.Value.Kind}");
        given.AddRange(rest.Where(entry => !ReferenceEquals(entry, kind)));
        var kept = new List<YamlEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in given)
        {
            var name = entry.Key.Value;
            names.Add(name);
            if (schema.Find(name) is not { } setting)
                problems.Add(entry.Key.Place, $"unknown key '{Quoted.Text(name)}' in {subject}, which is a {schema.Kind}; {(schema.Settings.Count == 0 ? "it takes no settings" : NearestName.Hint(Quoted.Text(name), [.. schema.Settings.Select(known => known.Name)]))}");
            else if (kept.Any(other => other.Key.Value == name))
                problems.Add(entry.Key.Place, $"{subject.Key(name)} stands there twice; remove one");
            else if (setting.Problem(YamlJson.Element(entry.Value)) is { } problem)
                problems.Add(entry.Value.Place, $"{subject.Key(name)} {Quoted.Text(problem, 400)}");
            else
                kept.Add(entry);
        }

        // One that is there and wrong is one problem, not also a lack.
        foreach (var setting in schema.Settings.Where(setting => setting.IsRequired && !names.Contains(setting.Name)))
            problems.Add(subject.Place, $"{subject} lacks '{setting.Name}'; add it");
        if (schema.OneOf.Count > 0 && !schema.OneOf.Any(names.Contains))
            problems.Add(subject.Place, $"{subject} is a {schema.Kind} of nothing; add one of {string.Join(", ", schema.OneOf)}");
        return kept;
    }

    private void RefuseBesideTemplate(YamlMap map, Subject subject)
    {
        foreach (var entry in map.Entries.Where(entry => entry.Key.Value is not (Keys.Uses or Keys.With or Keys.After or Keys.When)))
            problems.Add(entry.Key.Place, $"{subject.Key(entry.Key.Value)} stands beside '{Keys.Uses}'; write it in the stages of the template");
    }
}
