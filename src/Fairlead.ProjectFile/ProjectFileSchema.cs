using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.ProjectFile.Rules;

namespace Fairlead.ProjectFile;

/// <summary>The project file's JSON Schema (2020-12), with which editors complete and check it.</summary>
public static class ProjectFileSchema
{
    private static readonly JsonWriterOptions Writing = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as indented JSON. It says what can be said of one key; that references resolve is for the reader to check.</summary>
    public static string Json()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Fairlead project file",
        };
        foreach (var (key, value) in Describe(ProjectRules.Root).ToList())
            schema[key] = value?.DeepClone();
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Writing))
            schema.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static JsonObject Describe(Shape shape) => shape switch
    {
        TextShape text => DescribeText(text.Format),
        ChoiceShape choice => new JsonObject { ["type"] = "string", ["enum"] = Texts(choice.Words) },
        IntegerShape number => new JsonObject { ["type"] = "integer", ["minimum"] = number.Least, ["maximum"] = number.Most },
        NumberShape number => new JsonObject { ["type"] = "number", ["minimum"] = number.Least, ["maximum"] = number.Most },
        ObjectListShape list => new JsonObject { ["type"] = "array", ["items"] = Describe(list.Item), ["minItems"] = 1 },
        AnyShape or ValueShape => [],
        TriggersShape => DescribeTriggers(),
        BooleanShape => new JsonObject { ["type"] = "boolean" },
        RemovableShape removable => OrNull(Describe(removable.Value)),
        EitherShape either => new JsonObject { ["anyOf"] = new JsonArray(Describe(either.Map), Describe(either.Other)) },
        StageShape stage => DescribeStage(stage),
        ScalarShape => new JsonObject { ["type"] = Texts(["string", "number", "boolean"]) },
        ListShape list => new JsonObject { ["type"] = Texts(["array", "null"]), ["items"] = DescribeText(list.Item), ["uniqueItems"] = true },
        ScalarListShape list => new JsonObject
        {
            ["type"] = "array",
            ["items"] = new JsonObject { ["type"] = Texts(["string", "number", "boolean"]), ["pattern"] = list.Item.Pattern },
            ["minItems"] = 1,
            ["uniqueItems"] = true,
        },
        MapShape map => new JsonObject
        {
            ["type"] = Texts(["object", "null"]),
            ["patternProperties"] = new JsonObject { [map.Name.Pattern] = Describe(map.Value) },
            ["additionalProperties"] = false,
        },
        ObjectShape known => DescribeObject(known),
        _ => throw new InvalidOperationException($"No schema for {shape.GetType().Name}."),
    };

    private static JsonObject OrNull(JsonObject schema)
    {
        if (schema["type"] is JsonValue type)
            schema["type"] = Texts([type.GetValue<string>(), "null"]);
        if (schema["anyOf"] is JsonArray any)
            any.Add((JsonNode)new JsonObject { ["type"] = "null" });
        if (schema["enum"] is JsonArray words)
            words.Add((JsonNode?)null);
        return schema;
    }

    private static JsonObject DescribeText(TextFormat format) =>
        new() { ["type"] = "string", ["pattern"] = format.Pattern, ["examples"] = Texts([format.Example]) };

    private static JsonObject DescribeObject(ObjectShape shape)
    {
        var properties = new JsonObject();
        foreach (var key in shape.Keys)
        {
            if (key.Shape is null)
                continue;
            var described = Describe(key.Shape);
            described.Insert(0, "description", key.Description);
            properties[key.Name] = described;
        }

        var schema = new JsonObject
        {
            ["type"] = shape.MayBeEmpty ? Texts(["object", "null"]) : "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
        if (shape.Keys.Where(key => key.IsRequired).Select(key => key.Name).ToList() is { Count: > 0 } required)
            schema["required"] = Texts(required);
        if (shape.ExactlyOneOf.Count > 0)
            schema["oneOf"] = new JsonArray([.. shape.ExactlyOneOf.Select(key => new JsonObject { ["required"] = Texts([key]) })]);
        return schema;
    }

    /// <summary>The kinds are keys beside those that every stage has; the settings of a kind may stand under it or beside it.</summary>
    private static JsonObject DescribeStage(StageShape shape)
    {
        var schema = DescribeObject(shape.Frame);
        var properties = schema["properties"]!.AsObject();
        foreach (var kind in StageSchemas.All)
        {
            var settings = new JsonObject(kind.Settings.Select(setting => KeyValuePair.Create(setting.Name, (JsonNode?)DescribeSetting(setting))));
            var under = new JsonArray(new JsonObject { ["type"] = Texts(["object", "null"]), ["properties"] = settings, ["additionalProperties"] = false });
            if (kind.Main is { } main)
                under.Add((JsonNode)DescribeSetting(kind.Find(main)!));
            // One that every stage may have as text is, as a map, the kind of that name.
            if (properties[kind.Kind] is { } common)
                under.Add(common.DeepClone());
            properties[kind.Kind] = new JsonObject { ["description"] = kind.Summary, ["anyOf"] = under };
            foreach (var setting in kind.Settings.Where(setting => !properties.ContainsKey(setting.Name) && StageSchemas.Find(setting.Name) is null))
                properties[setting.Name] = DescribeSetting(setting);
        }

        return schema;
    }

    private static JsonObject DescribeTriggers()
    {
        var properties = new JsonObject
        {
            ["name"] = new JsonObject { ["description"] = "Within the pipeline. Default: the kind.", ["type"] = "string" },
            ["inputs"] = new JsonObject { ["description"] = "Inputs by name: values, texts with ${{ trigger.… }}, or { sql: … }.", ["type"] = Texts(["object", "null"]) },
            ["when"] = new JsonObject { ["description"] = "A condition in SQL over trigger; where it does not hold, nothing begins.", ["type"] = "string" },
        };
        foreach (var kind in TriggerSchemas.All)
        {
            var settings = new JsonObject(kind.Settings.Select(setting => KeyValuePair.Create(setting.Name, (JsonNode?)DescribeSetting(setting))));
            var under = new JsonArray(new JsonObject { ["type"] = Texts(["object", "null"]), ["properties"] = settings, ["additionalProperties"] = false });
            if (kind.Main is { } main)
                under.Add((JsonNode)DescribeSetting(kind.Find(main)!));
            properties[kind.Kind] = new JsonObject { ["description"] = kind.Summary, ["anyOf"] = under };
        }

        return new JsonObject
        {
            ["type"] = Texts(["array", "null"]),
            ["items"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = properties,
                ["additionalProperties"] = false,
                ["oneOf"] = new JsonArray([.. TriggerSchemas.All.Select(kind => new JsonObject { ["required"] = Texts([kind.Kind]) })]),
            },
        };
    }

    private static JsonObject DescribeSetting(SettingSchema setting)
    {
        // What is filled in when the stage begins stands there as text.
        var schema = new JsonObject { ["description"] = setting.Description };
        if (setting.Type != SettingType.Any)
        {
            schema["type"] = setting.Type switch
            {
                SettingType.Integer => Texts(["integer", "string"]),
                SettingType.Number => Texts(["number", "string"]),
                SettingType.Boolean => Texts(["boolean", "string"]),
                SettingType.Texts => Texts(["array", "string"]),
                SettingType.Map => Texts(["object", "string"]),
                _ => "string",
            };
        }

        return schema;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
