using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>
/// Compares a tree with its shape, reports every difference, and returns the tree without what is wrong, so that what follows need not check again:
/// a name that is declared badly stays declared, and nothing is reported twice.
/// </summary>
internal sealed class ShapeChecker(ProblemList problems)
{
    public YamlMap CheckRoot(YamlNode root) => CheckObject(root, ProjectRules.Root, Subject.Root(root.Place));

    private YamlNode? Check(YamlNode node, Shape shape, Subject subject) => shape switch
    {
        TextShape text => CheckText(node, text.Format, subject),
        ChoiceShape choice => CheckChoice(node, choice, subject),
        AnyShape or TriggersShape => node,
        RemovableShape removable => node is YamlScalar { IsNull: true } ? node : Check(node, removable.Value, subject),
        EitherShape either => Check(node, node is YamlMap ? either.Map : either.Other, subject),
        ValueShape => CheckValue(node, subject),
        BooleanShape => CheckBoolean(node, subject),
        StageShape stage => new StageChecker(problems, Check).Check(node, stage, subject),
        ScalarShape => CheckScalar(node, subject),
        IntegerShape integer => CheckInteger(node, integer, subject),
        NumberShape number => CheckNumber(node, number, subject),
        ObjectListShape objects => CheckObjects(node, objects, subject),
        ListShape list => CheckList(node, list, subject),
        ScalarListShape scalars => CheckScalars(node, scalars, subject),
        MapShape map => CheckMap(node, map, subject),
        ObjectShape known => CheckObject(node, known, subject),
        _ => throw new InvalidOperationException($"No check for {shape.GetType().Name}."),
    };

    private YamlMap CheckObject(YamlNode node, ObjectShape shape, Subject subject)
    {
        var map = AsMap(node, subject);
        var kept = new List<YamlEntry>();
        foreach (var entry in map.Entries)
        {
            var name = entry.Key.Value;
            var rule = shape.Find(name);
            if (rule is null)
                problems.Add(entry.Key.Place, UnknownKey(name, shape, subject));
            else if (rule.Shape is null)
                problems.Add(entry.Key.Place, $"{subject.Key(name)} is not supported yet; remove it for now");
            else if (Check(entry.Value, rule.Shape, subject.Below(name, entry.Key.Place)) is { } value)
                kept.Add(entry with { Value = value });
        }

        // A value of another kind is one problem, not also a lack of every key.
        if (node is YamlMap or YamlScalar { IsNull: true })
            CheckPresence(map, shape, subject);
        return map with { Entries = kept };
    }

    private void CheckPresence(YamlMap map, ObjectShape shape, Subject subject)
    {
        foreach (var key in shape.Keys.Where(key => key.IsRequired && map.Find(key.Name) is null))
            problems.Add(subject.Place, $"{subject} lacks '{key.Name}'; add it");
        if (shape.ExactlyOneOf.Count == 0)
            return;
        var given = shape.ExactlyOneOf.Where(key => map.Find(key) is not null).ToList();
        var choice = string.Join(" and ", shape.ExactlyOneOf.Select(key => $"'{key}'"));
        if (given.Count == 0)
            problems.Add(subject.Place, $"{subject} has none of {choice}; add one of them");
        else if (given.Count > 1)
            problems.Add(map.Find(given[1])!.Key.Place, $"{subject} has both {string.Join(" and ", given.Select(key => $"'{key}'"))}; keep one of them");
    }

    private YamlMap CheckMap(YamlNode node, MapShape shape, Subject subject)
    {
        var map = AsMap(node, subject);
        var kept = new List<YamlEntry>();
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in map.Entries)
        {
            var name = entry.Key.Value;
            var thing = subject.Named(shape.Thing, name, entry.Key.Place);
            var value = Check(entry.Value, shape.Value, thing);
            if (!shape.Name.Matches(name))
                problems.Add(entry.Key.Place, $"'{Quoted.Text(name)}' cannot name {Article(shape.Thing)}; use {shape.Name.Expected}");
            else if (shape.IgnoresCase && !seen.TryAdd(name, name))
                problems.Add(entry.Key.Place, $"{thing} differs from '{seen[name]}' in case alone; rename one of them");
            else if (value is not null)
                kept.Add(entry with { Value = value });
        }

        return map with { Entries = kept };
    }

    private YamlList CheckList(YamlNode node, ListShape shape, Subject subject)
    {
        if (node is YamlScalar { IsNull: true })
            return new YamlList(node.Place, []);
        if (node is not YamlList list)
        {
            var example = node is YamlScalar scalar ? Quoted.Text(scalar.Value) : shape.Item.Example;
            problems.Add(node.Place, $"{subject} must be a list, not {node.Kind}; write [{example}]");
            // What stands there was meant as the only item.
            list = new YamlList(node.Place, node is YamlScalar ? [node] : []);
        }

        var kept = new List<YamlNode>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if (CheckText(item, shape.Item, subject) is not { } text)
                continue;
            if (seen.Add(text.Value))
                kept.Add(text);
            else
                problems.Add(text.Place, $"{subject} lists '{Quoted.Text(text.Value)}' twice; remove one");
        }

        return list with { Items = kept };
    }

    private YamlList? CheckScalars(YamlNode node, ScalarListShape shape, Subject subject)
    {
        if (node is not YamlList { Items.Count: > 0 } list)
        {
            problems.Add(node.Place, $"{subject} must be a list with one value at least, not {(node is YamlList ? "an empty one" : node.Kind)}; write [{(node is YamlScalar { IsNull: false } scalar ? Quoted.Text(scalar.Value) : shape.Item.Example)}]");
            return null;
        }

        var kept = new List<YamlNode>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if (CheckScalar(item, subject) is not { } value)
                continue;
            var text = MatrixAxis.TextOf(CoreSchema.ToJson(value));
            if (!shape.Item.Matches(text))
                problems.Add(item.Place, $"{subject} has the value '{Quoted.Text(text)}', which is not {shape.Item.What}; use {shape.Item.Expected}, such as '{shape.Item.Example}'");
            else if (!seen.Add(text))
                problems.Add(item.Place, $"{subject} lists '{text}' twice; remove one");
            else
                kept.Add(value);
        }

        return list with { Items = kept };
    }

    private YamlScalar? CheckText(YamlNode node, TextFormat format, Subject subject)
    {
        if (AsText(node, $"{format.What} such as '{format.Example}'", subject) is not { } scalar)
            return null;
        if (!format.Matches(scalar.Value))
        {
            problems.Add(node.Place, $"{subject} is '{Quoted.Text(scalar.Value)}', which is not {format.What}; use {format.Expected}, such as '{format.Example}'");
            return null;
        }

        var normalized = format.Normalize(scalar.Value);
        if (format.Refuse(normalized) is not { } cure)
            return scalar with { Value = normalized };
        problems.Add(node.Place, $"{subject} may not be '{Quoted.Text(scalar.Value)}'; {cure}");
        return null;
    }

    private YamlScalar? CheckChoice(YamlNode node, ChoiceShape shape, Subject subject)
    {
        if (AsText(node, string.Join(" or ", shape.Words), subject) is not { } scalar)
            return null;
        if (shape.Words.Contains(scalar.Value))
            return scalar;
        problems.Add(node.Place, $"{subject} is '{Quoted.Text(scalar.Value)}'; {NearestName.Hint(scalar.Value, shape.Words)}");
        return null;
    }

    private YamlScalar? CheckScalar(YamlNode node, Subject subject)
    {
        if (node is YamlScalar scalar && scalar.Type is not (ScalarType.Null or ScalarType.NotFinite))
            return scalar;
        problems.Add(node.Place, node switch
        {
            YamlScalar { IsNull: true } => $"{subject} has no value; write one, an empty text as ''",
            YamlScalar number => $"{subject} is '{Quoted.Text(number.Value)}', which is no finite number; put it in quotes to pass it as text",
            _ => $"{subject} must be a string, a number or a boolean, not {node.Kind}; write one value",
        });
        return null;
    }

    private YamlNode? CheckValue(YamlNode node, Subject subject)
    {
        var bad = Descendants(node).FirstOrDefault(inner => inner is YamlScalar { Type: ScalarType.NotFinite });
        if (bad is null)
            return node;
        problems.Add(bad.Place, $"{subject} holds '{Quoted.Text(((YamlScalar)bad).Value)}', which is no finite number; put it in quotes to pass it as text");
        return null;
    }

    private static IEnumerable<YamlNode> Descendants(YamlNode node) => node switch
    {
        YamlList list => list.Items.SelectMany(Descendants),
        YamlMap map => map.Entries.SelectMany(entry => Descendants(entry.Value)),
        _ => [node],
    };

    private YamlScalar? CheckBoolean(YamlNode node, Subject subject)
    {
        if (node is YamlScalar { Type: ScalarType.Boolean } scalar)
            return scalar;
        var given = node is YamlScalar { IsNull: false } other ? $"is '{Quoted.Text(other.Value)}'" : $"is {node.Kind}";
        problems.Add(node.Place, $"{subject} {given}; use true or false");
        return null;
    }

    private YamlScalar? CheckInteger(YamlNode node, IntegerShape shape, Subject subject)
    {
        if (node is YamlScalar { Type: ScalarType.Integer } scalar && CoreSchema.ToJson(scalar).TryGetInt32(out var value) && value >= shape.Least && value <= shape.Most)
            return scalar with { Value = value.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        var given = node is YamlScalar { IsNull: false } other ? $"is '{Quoted.Text(other.Value)}'" : $"is {node.Kind}";
        problems.Add(node.Place, $"{subject} {given}; use a whole number from {shape.Least} to {shape.Most}");
        return null;
    }

    private YamlScalar? CheckNumber(YamlNode node, NumberShape shape, Subject subject)
    {
        if (node is YamlScalar { Type: ScalarType.Integer or ScalarType.Float } scalar && CoreSchema.ToJson(scalar).GetDouble() is var value && value >= shape.Least && value <= shape.Most)
            return scalar;
        var given = node is YamlScalar { IsNull: false } other ? $"is '{Quoted.Text(other.Value)}'" : $"is {node.Kind}";
        problems.Add(node.Place, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{subject} {given}; use a number from {shape.Least} to {shape.Most}"));
        return null;
    }

    private YamlList? CheckObjects(YamlNode node, ObjectListShape shape, Subject subject)
    {
        if (node is not YamlList { Items.Count: > 0 } list)
        {
            problems.Add(node.Place, $"{subject} must be a list with one {shape.Thing} at least, not {(node is YamlList ? "an empty one" : node.Kind)}; write '- {shape.Item.KnownNames[0]}: …'");
            return null;
        }

        return list with { Items = [.. list.Items.Select((item, index) => CheckObject(item, shape.Item, subject.Item(shape.Thing, index, item.Place)))] };
    }

    private YamlScalar? AsText(YamlNode node, string wanted, Subject subject)
    {
        if (node is YamlScalar { Type: ScalarType.Text } text)
            return text;
        problems.Add(node.Place, node switch
        {
            YamlScalar { IsNull: true } => $"{subject} has no value; write {wanted}",
            YamlScalar scalar => $"{subject} must be text, not {scalar.Kind}; put '{Quoted.Text(scalar.Value)}' in quotes",
            _ => $"{subject} must be text, not {node.Kind}; write {wanted}",
        });
        return null;
    }

    private YamlMap AsMap(YamlNode node, Subject subject)
    {
        if (node is YamlMap map)
            return map;
        if (node is not YamlScalar { IsNull: true })
            problems.Add(node.Place, $"{subject} must be a map of 'key: value', not {node.Kind}");
        return new YamlMap(node.Place, []);
    }

    private static string UnknownKey(string name, ObjectShape shape, Subject subject) =>
        name == "<<" ? "merge keys ('<<') are not supported; repeat the keys here"
        : $"unknown key '{Quoted.Text(name)}'{subject.Suffix}; {(shape.KnownNames.Count == 0 ? "no key is known here yet, so remove it" : NearestName.Hint(Quoted.Text(name), shape.KnownNames))}";

    private static string Article(string thing) => ("aeiou".Contains(thing[0]) ? "an " : "a ") + thing;
}
