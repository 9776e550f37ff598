using System.Text.Encodings.Web;
using System.Text.Json;
using Fairlead.Domain.Projects;

namespace Fairlead.ProjectFile.Tests;

public sealed class GoldenFileTests
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void Read_FileWithEveryKey_GivesItsDefinition()
    {
        var reading = new YamlProjectReader().Read(GoldenFile.Read("good.yaml"));
        Assert.Equal([], reading.Problems);
        GoldenFile.AssertEqual("good.json", JsonSerializer.Serialize(reading.Project, Readable) + "\n");
    }

    [Fact]
    public void Read_FileWithManyMistakes_ReportsAllAtOnce()
    {
        var reading = new YamlProjectReader().Read(GoldenFile.Read("bad.yaml"));
        Assert.Null(reading.Project);
        GoldenFile.AssertEqual("bad.txt", string.Join("", reading.Problems.Select(problem => problem + "\n")));
    }

    [Fact]
    public void Schema_Always_IsThePublishedOne() => GoldenFile.AssertEqual("schema.json", ProjectFileSchema.Json() + "\n");

    [Fact]
    public void Parameters_InTheDefinition_AreSortedByName()
    {
        StepDefinition step = new YamlProjectReader().Read("project: p\nsteps: { s: { run: x, params: { b: 1, a: 2, C: 3 } } }").Project!.Steps[0];
        Assert.Equal(["C", "a", "b"], step.Parameters.Keys);
    }
}
