using System.Text.Json.Nodes;
using Fairlead.ProjectFile.Reading;
using Fairlead.ProjectFile.Yaml;
using NJsonSchema;

namespace Fairlead.ProjectFile.Tests;

public sealed class ProjectFileSchemaTests
{
    [Fact]
    public async Task Schema_GoodFile_IsValid() => Assert.Empty(await ValidateAsync(GoldenFile.Read("good.yaml")));

    [Fact]
    public async Task Schema_Template_IsValid() => Assert.Empty(await ValidateAsync(ProjectFileTemplate.Text("demo")));

    [Fact]
    public async Task Schema_Examples_AreValidAndReadWithoutProblems()
    {
        var examples = Directory.GetFiles(RepositoryFolder("examples"), "fairlead.yaml", SearchOption.AllDirectories);
        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            var text = await File.ReadAllTextAsync(example, TestContext.Current.CancellationToken);
            Assert.Equal([], new YamlProjectReader().Read(text).Problems);
            Assert.Empty(await ValidateAsync(text));
        }
    }

    [Theory]
    [InlineData("owner: me")]
    [InlineData("project: My-Project")]
    [InlineData("project: p\nproyect: q")]
    [InlineData("project: p\ncustomers: {}")]
    [InlineData("project: p\npipelines: { r: { stages: { a: { wayt: 1m } } } }")]
    [InlineData("project: p\npipelines: { r: { concurrency: parallel, stages: { a: { wait: 1m } } } }")]
    [InlineData("project: p\nsteps: { s: { outputs: [o] } }")]
    [InlineData("project: p\nsteps: { s: { run: x, sql: y.sql } }")]
    [InlineData("project: p\nsteps: { s: { run: true } }")]
    [InlineData("project: p\nsteps: { s: { run: x, outputs: o } }")]
    [InlineData("project: p\nsteps: { s: { run: x, outputs: [../o] } }")]
    [InlineData("project: p\nsteps: { s: { run: x, inputs: { i: nonsense } } }")]
    [InlineData("project: p\nsteps: { s: { run: x, params: { a: [1] } } }")]
    [InlineData("project: p\nsteps: { s: { run: x, resources: { timeout: 10 min } } }")]
    [InlineData("project: p\nservices: { s-1: { model: m } }")]
    [InlineData("project: p\nservices: { s: { model: m, capture: { durability: relxed } } }")]
    public async Task Schema_BadFile_IsRefusedAsTheReaderDoes(string yaml)
    {
        Assert.NotEmpty(await ValidateAsync(yaml));
        Assert.False(new YamlProjectReader().Read(yaml).Succeeded);
    }

    [Fact]
    public void Schema_EveryKey_IsDescribedForEditors()
    {
        var undescribed = new List<string>();
        Collect(JsonNode.Parse(ProjectFileSchema.Json())!.AsObject(), "", undescribed);
        Assert.Empty(undescribed);
    }

    private static void Collect(JsonObject schema, string path, List<string> undescribed)
    {
        foreach (var (key, value) in schema["properties"] as JsonObject ?? [])
        {
            if (string.IsNullOrEmpty((string?)value!["description"]))
                undescribed.Add($"{path}/{key}");
            Collect(value.AsObject(), $"{path}/{key}", undescribed);
        }

        foreach (var (_, value) in schema["patternProperties"] as JsonObject ?? [])
            Collect(value!.AsObject(), path + "/*", undescribed);
    }

    private static async Task<IEnumerable<string>> ValidateAsync(string yaml)
    {
        var schema = await JsonSchema.FromJsonAsync(ProjectFileSchema.Json(), TestContext.Current.CancellationToken);
        var problems = new ProblemList();
        var root = YamlComposer.Compose(yaml, problems);
        Assert.True(problems.IsEmpty);
        return schema.Validate(ToJson(root!)!.ToJsonString()).Select(error => error.ToString());
    }

    private static string RepositoryFolder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Fairlead.slnx")))
                return Path.Combine(folder.FullName, name);
        }

        throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' holds Fairlead.slnx.");
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, ToJson(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(ToJson)]),
        YamlScalar { IsNull: true } => null,
        YamlScalar scalar => JsonNode.Parse(CoreSchema.ToJson(scalar).GetRawText()),
        _ => throw new InvalidOperationException(),
    };
}
