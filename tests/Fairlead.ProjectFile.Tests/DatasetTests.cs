using Fairlead.Domain.Projects;

namespace Fairlead.ProjectFile.Tests;

public sealed class DatasetTests
{
    private static readonly string Digest = $"sha256:{new string('a', 64)}";

    [Fact]
    public void Read_EveryForm_IsUnderstood()
    {
        var datasets = Read($$"""
            raw: { path: "data/**/*.csv", expect: ["price > 0", "count(*) > 10"], schema: { price: double, "the day": date }, key: "id, day" }
            far: { url: "https://example.com/a.parquet", digest: "{{Digest}}" }
            clean: { sql: steps/clean.sql, from: { r: dataset:raw, f: dataset:far } }
            some: { sql: select * from c where price < 10, from: { c: dataset:clean } }
            """).Project!.Datasets;

        Assert.Equal(["data/**/*.csv", "https://example.com/a.parquet", "steps/clean.sql", "select * from c where price < 10"], datasets.Select(dataset => dataset.Source));
        Assert.Equal([false, false, true, false], datasets.Select(dataset => dataset.HasScript));
        Assert.Equal(["price > 0", "count(*) > 10"], datasets[0].Expect);
        Assert.Equal("double", datasets[0].Schema["price"]);
        Assert.Equal(["id", "day"], datasets[0].Key);
        Assert.Equal(Digest, datasets[1].Digest.ToString());
        Assert.Equal([new StepInput("r", "raw", null, null), new StepInput("f", "far", null, null)], datasets[2].From);
        Assert.Equal([true, false, false, false], datasets.Select(dataset => dataset.IsChecked));
    }

    [Theory]
    [InlineData("a: { }", "none of 'path' and 'url' and 'sql'")]
    [InlineData("a: { path: x, sql: select 1 }", "both 'path' and 'sql'")]
    [InlineData("a: { url: \"https://example.com\" }", "without 'digest'")]
    [InlineData("a: { url: \"file:///etc/passwd\", digest: DIGEST }", "http")]
    [InlineData("a: { url: \"https://example.com\", digest: \"sha256:12\" }", "'sha256:12'")]
    [InlineData("a: { path: x, digest: DIGEST }", "'digest' without 'url'")]
    [InlineData("a: { path: x, from: { b: dataset:b } }\nb: { path: y }", "'from' without 'sql'")]
    [InlineData("a: { sql: select 1 }", "'sql' without 'from'")]
    [InlineData("a: { sql: select 1, from: { b: dataset:b } }", "refers to dataset 'b', which is not declared")]
    [InlineData("a: { sql: select 1, from: { b: step/x.csv } }", "dataset:NAME")]
    [InlineData("a: { sql: select 1, from: { b: dataset:b } }\nb: { sql: select 1, from: { a: dataset:a } }", "datasets are made from one another ('a' > 'b' > 'a'); remove one of these sources")]
    [InlineData("a: { sql: select 1, from: { b: dataset:a } }", "datasets are made from one another ('a' > 'a'); remove one of these sources")]
    [InlineData("a: { path: x, key: \"b,,c\" }", "a column on each side")]
    public void Read_WhatDoesNotGoTogether_IsToldInASentence(string datasets, string problem) =>
        Assert.Contains(Read(datasets.Replace("DIGEST", $"\"{Digest}\"", StringComparison.Ordinal)).Problems, found => found.Message.Contains(problem, StringComparison.Ordinal));

    private static ProjectReading Read(string datasets) =>
        new YamlProjectReader().Read($"project: p\ndatasets:\n{string.Join('\n', datasets.Split('\n').Select(line => "  " + line))}\n");
}
