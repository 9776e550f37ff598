using System.Text;
using Fairlead.Domain.Pipelines.Schemas;

namespace Fairlead.Pipelines.Reference;

/// <summary>The reference of the kinds of stages, made of their schemas.</summary>
public static class StageReference
{
    private const string Head = """
        # Stages of pipelines

        Made by `fairlead pipeline stages`. A stage has one kind, the key by which it is known, and the settings of that kind, under the key or beside it.
        Where a kind has a main setting, it may stand alone: `wait: 10m` is `wait: { for: 10m }`.

        Every stage also takes `after` (a stage or a list), `when` and `check` (conditions in SQL), `retries`, `backoff`, `timeout`, and
        `on-failure` (`stop`, `continue` or `rollback`). `uses: NAME@VERSION` with `with:` puts the stages of a template in its place.

        Texts may hold `${{ inputs.NAME }}`, `${{ stages.STAGE.OUTPUT }}` and `${{ execution.by }}`; a text that is nothing else has the type of the value.
        Conditions find `inputs`, `stages` and `execution` as columns, and those of a check also what came of the stage itself.

        """;

    public static string Markdown()
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var schema in StageSchemas.All)
            Describe(schema, text);
        return text.ToString();
    }

    private static void Describe(StageSchema schema, StringBuilder text)
    {
        text.Append($"\n## {schema.Kind}\n\n{schema.Summary}\n\n```yaml\n{schema.Example}\n```\n");
        if (schema.Settings.Count > 0)
            text.Append("\n| setting | type | what | default |\n| --- | --- | --- | --- |\n");
        foreach (var setting in schema.Settings)
            text.Append($"| `{setting.Name}`{(setting.Name == schema.Main ? " (main)" : "")} | {TypeOf(setting)} | {Cell(setting.Description)} | {(setting.IsRequired ? "required" : Cell(setting.Default ?? ""))} |\n");
        if (schema.Outputs.Count > 0)
            text.Append("\n| output | what |\n| --- | --- |\n");
        foreach (var output in schema.Outputs)
            text.Append($"| `{output.Name}` | {Cell(output.Description)} |\n");
    }

    private static string TypeOf(SettingSchema setting) => setting.Choices.Count > 0
        ? string.Join(", ", setting.Choices.Select(choice => $"`{choice}`"))
        : setting.Type.ToString().ToLowerInvariant();

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
