using System.Globalization;
using System.Text.Json.Nodes;
using Fairlead.Domain.Problems;
using Fairlead.ProjectFile.Reading;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Canary;

/// <summary>Takes single fields out of maps, and reports each that is not what it must be.</summary>
internal sealed class FieldReader(ProblemList problems)
{
    /// <summary>The node as a map whose keys are all known; an empty one, and a problem, when it is none.</summary>
    public YamlMap Map(YamlNode node, string subject, IReadOnlyCollection<string> known, IReadOnlyCollection<string>? passed = null)
    {
        if (node is not YamlMap map)
        {
            if (node is not YamlScalar { IsNull: true })
                problems.Add(node.Place, $"{subject} must be a map of 'key: value', not {node.Kind}");
            return new YamlMap(node.Place, []);
        }

        foreach (var key in map.Entries.Select(entry => entry.Key).Where(key => !known.Contains(key.Value) && passed?.Contains(key.Value) != true))
            problems.Add(key.Place, $"unknown key '{Quoted.Text(key.Value)}' in {subject}; {NearestName.Hint(Quoted.Text(key.Value), known)}");
        return map;
    }

    /// <summary>Sets the field to one of the words; a word may stand for another.</summary>
    public void Word(YamlMap from, string key, JsonObject into, string subject, IReadOnlyDictionary<string, string> words)
    {
        if (Given(from, key) is not { } node)
            return;
        if (node is YamlScalar { Type: ScalarType.Text } scalar && words.TryGetValue(scalar.Value, out var word))
            into[key] = word;
        else
            problems.Add(node.Place, $"'{key}' of {subject} is '{Quoted.Text(Shown(node))}'; {NearestName.Hint(Quoted.Text(Shown(node)), [.. words.Keys])}");
    }

    public void Boolean(YamlMap from, string key, JsonObject into, string subject)
    {
        if (Given(from, key) is not { } node)
            return;
        if (node is YamlScalar { Type: ScalarType.Boolean } scalar)
            into[key] = scalar.Value[0] is 't' or 'T';
        else
            problems.Add(node.Place, $"'{key}' of {subject} is '{Quoted.Text(Shown(node))}'; write true or false");
    }

    /// <param name="isAllowed">Of finite numbers.</param>
    /// <param name="expected">Such as "a number above 0".</param>
    public double? Number(YamlMap from, string key, JsonObject into, string subject, Func<double, bool> isAllowed, string expected)
    {
        if (Given(from, key) is not { } node)
            return null;
        if (node is YamlScalar { Type: ScalarType.Integer or ScalarType.Float } scalar && CoreSchema.ToJson(scalar).GetDouble() is var value && isAllowed(value))
        {
            into[key] = value == Math.Floor(value) && Math.Abs(value) < int.MaxValue ? (int)value : value;
            return value;
        }

        problems.Add(node.Place, string.Create(CultureInfo.InvariantCulture, $"'{key}' of {subject} is '{Quoted.Text(Shown(node))}'; use {expected}"));
        return null;
    }

    /// <summary>A text that is not empty, or null with a problem when it must be there.</summary>
    public string? Text(YamlMap from, string key, string subject, bool isRequired)
    {
        if (Given(from, key) is not { } node)
        {
            if (isRequired)
                problems.Add(from.Place, $"{subject} lacks '{key}'; add it");
            return null;
        }

        if (node is YamlScalar { Type: ScalarType.Text, Value.Length: > 0 } scalar)
            return scalar.Value;
        problems.Add(node.Place, $"'{key}' of {subject} must be text, not {node.Kind}; put it in quotes");
        return null;
    }

    /// <summary>Texts; one alone may stand without a list.</summary>
    public JsonArray Texts(YamlMap from, string key, string subject)
    {
        var texts = new JsonArray();
        var items = Given(from, key) switch
        {
            null => [],
            YamlList list => list.Items,
            var node => [node],
        };
        foreach (var item in items)
        {
            if (item is YamlScalar { Type: ScalarType.Text, Value.Length: > 0 } scalar)
                texts.Add(scalar.Value);
            else
                problems.Add(item.Place, $"'{key}' of {subject} must hold texts, not {item.Kind}; put it in quotes");
        }

        return texts;
    }

    /// <summary>What stands under the key; null when nothing does.</summary>
    public static YamlNode? Given(YamlMap from, string key) => from.Find(key)?.Value is { } node and not YamlScalar { IsNull: true } ? node : null;

    public static string Shown(YamlNode node) => node is YamlScalar scalar ? scalar.Value : node.Kind;
}
