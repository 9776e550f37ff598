using System.Text.Json.Nodes;
using Fairlead.Domain.Problems;

namespace Fairlead.ProjectFile.Tests.Editing;

public sealed class ProjectFileEditorTests
{
    [Theory]
    [InlineData("steps:\n  train:\n    params: { l2: 0.01, seed: 7 } # tuned\n", "steps/train/params/l2", "0.02", "steps:\n  train:\n    params: { l2: 0.02, seed: 7 } # tuned\n")]
    [InlineData("steps:\n  train:\n    params:\n      l2: 0.01   # why\n      seed: 7\n", "steps/train/params/l2", "0.5", "steps:\n  train:\n    params:\n      l2: 0.5   # why\n      seed: 7\n")]
    [InlineData("a:\n  'b c': \"x\"\nd: 1\n", "a/b c", "\"z\"", "a:\n  'b c': z\nd: 1\n")]
    [InlineData("a: { b: 1, c: [ 2, 3 ] } # x\nd: { e: [], f: 1 }\n", "a", "1", "a: 1 # x\nd: { e: [], f: 1 }\n")]
    [InlineData("a: { b: 1, c: [ 2, 3 ] } # x\nd: { e: [], f: 1 }\n", "a/c", "[]", "a: { b: 1, c: [] } # x\nd: { e: [], f: 1 }\n")]
    [InlineData("a: { b: 1, c: [ 2, 3 ] } # x\nd: { e: [], f: 1 }\n", "d/e", "[\"u\"]", "a: { b: 1, c: [ 2, 3 ] } # x\nd: { e: [u], f: 1 }\n")]
    [InlineData("a: |\n  one\n  two\n\n# end\nb: 1\n", "a", "\"x: y\"", "a: \"x: y\"\n\n# end\nb: 1\n")]
    [InlineData("a:\n  - one\n  - two # 2\nb: 1\n", "a", "[1]", "a: [1] # 2\nb: 1\n")]
    [InlineData("a: { b: 1 }\r\nc: 2\r\n", "a/b", "2", "a: { b: 2 }\r\nc: 2\r\n")]
    [InlineData("\uFEFFa: 1\n", "a", "2", "\uFEFFa: 2\n")]
    [InlineData("a: ü # é\nb: 1", "b", "2", "a: ü # é\nb: 2")]
    public void Set_ValueThatIsThere_ChangesNothingElse(string text, string path, string value, string expected) =>
        Assert.Equal(expected, ProjectFileEditor.Set(text, path.Split('/'), JsonNode.Parse(value)));

    [Theory]
    [InlineData("project: p\n# about\ndatasets:\n  one: { path: a } # first\n\nsteps:\n  s: { run: x }\n", "project: p\n# about\ndatasets:\n  one: { path: a } # first\n  rows: { path: data/*.csv }\n\nsteps:\n  s: { run: x }\n")]
    [InlineData("project: p\ndatasets:\n  one:\n    path: a\n    expect:\n      - x\n# after\nb: 1\n", "project: p\ndatasets:\n  one:\n    path: a\n    expect:\n      - x\n  rows: { path: data/*.csv }\n# after\nb: 1\n")]
    [InlineData("project: p\n", "project: p\ndatasets:\n  rows: { path: data/*.csv }\n")]
    [InlineData("project: p", "project: p\ndatasets:\n  rows: { path: data/*.csv }")]
    [InlineData("datasets:   # none yet\nproject: p\n", "datasets:   # none yet\n  rows: { path: data/*.csv }\nproject: p\n")]
    [InlineData("datasets: ~\nproject: p\n", "datasets:\n  rows: { path: data/*.csv }\nproject: p\n")]
    [InlineData("datasets: {}\nproject: p\n", "datasets: { rows: { path: data/*.csv } }\nproject: p\n")]
    [InlineData("{ project: p }\n", "{ project: p, datasets: { rows: { path: data/*.csv } } }\n")]
    [InlineData("{ project: p, datasets: }\n", "{ project: p, datasets: { rows: { path: data/*.csv } } }\n")]
    [InlineData("datasets:\r\n  one: { path: a }\r\n", "datasets:\r\n  one: { path: a }\r\n  rows: { path: data/*.csv }\r\n")]
    public void Set_ValueThatIsMissing_IsAddedAtTheEndOfItsMap(string text, string expected) =>
        Assert.Equal(expected, ProjectFileEditor.Set(text, ["datasets", "rows"], new JsonObject { ["path"] = "data/*.csv" }));

    [Theory]
    [InlineData("yes", "\"yes\"")]
    [InlineData("1.0", "\"1.0\"")]
    [InlineData("2001-02-01", "\"2001-02-01\"")]
    [InlineData("null", "\"null\"")]
    [InlineData("a # b", "\"a # b\"")]
    [InlineData("x, y", "\"x, y\"")]
    [InlineData("dataset:raw", "dataset:raw")]
    [InlineData("https://example.com/a?b=c&d", "\"https://example.com/a?b=c&d\"")]
    [InlineData("delay is not null", "delay is not null")]
    [InlineData("line\nbreak", "\"line\\nbreak\"")]
    [InlineData("", "\"\"")]
    public void Set_Text_IsQuotedWhereItMustBe(string value, string written) => Assert.Equal($"a: {{ b: {written} }}\n", ProjectFileEditor.Set("a: { b: 1 }\n", ["a", "b"], value));

    [Fact]
    public void Set_WhatAnAliasShares_IsRefused()
    {
        const string Text = "base: &base { l2: 1 }\nsteps:\n  train: { params: *base }\n";

        Assert.Equal(ProblemKind.Invalid, Assert.Throws<FairleadException>(() => ProjectFileEditor.Set(Text, ["steps", "train", "params", "l2"], 2)).Kind);
        Assert.Equal(ProblemKind.Invalid, Assert.Throws<FairleadException>(() => ProjectFileEditor.Set(Text, ["base", "l2"], 2)).Kind);
        Assert.Equal(ProblemKind.Invalid, Assert.Throws<FairleadException>(() => ProjectFileEditor.Set("a: &x 1\nb: *x\n", ["a"], 2)).Kind);
    }

    [Theory]
    [InlineData("a: 1", "a/b")]
    [InlineData("a: [1]", "a/b")]
    [InlineData("a: [1", "a")]
    [InlineData("", "a")]
    public void Set_WhereNoMapIs_IsRefused(string text, string path) =>
        Assert.Equal(ProblemKind.Invalid, Assert.Throws<FairleadException>(() => ProjectFileEditor.Set(text, path.Split('/'), 2)).Kind);

    [Fact]
    public void Set_EveryScalarOfTheTemplate_ChangesOneLine()
    {
        var text = ProjectFileTemplate.Text("sensors");
        foreach (var path in ScalarsOf((JsonObject)YamlDocument.Read(text).Root!, []))
        {
            var changed = ProjectFileEditor.Set(text, path, "changed value");

            var (before, after) = (text.Split('\n'), changed.Split('\n'));
            Assert.Equal(before.Length, after.Length);
            Assert.Single(before.Zip(after), pair => pair.First != pair.Second);
        }
    }

    private static IEnumerable<string[]> ScalarsOf(JsonObject map, string[] path) => map.SelectMany(entry => entry.Value switch
    {
        JsonObject child => ScalarsOf(child, [.. path, entry.Key]),
        JsonArray => [],
        _ => [[.. path, entry.Key]],
    });
}
