using System.Net;
using System.Text;
using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Predictions.Tests.Keeping;
using Fairlead.Predictions.Tests.Log;
using Fairlead.Predictions.Tracing.OpenLineage.Telling;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Predictions.Tests.Tracing.Telling;

public sealed class LineageTellerTests : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly StoppableTime time = new(Begin);
    private readonly TempFolder folder = new();
    private readonly MemoryCatalogs catalogs = new();
    private readonly MemoryRecordCatalog records = new();
    private readonly Collector collector = new();
    private readonly HttpClient http;
    private LineageDefinition? lineage = new("http://collector.test/api/v1/lineage", "shop", null);

    public LineageTellerTests() => http = new HttpClient(collector);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        http.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task RunOnce_WhatHappens_IsToldOnceInItsOrder()
    {
        Run(1, RunStatus.Succeeded, Begin.AddDays(-1));
        var teller = Teller();
        Assert.Equal(0, await teller.RunOnceAsync(Token));
        Run(2, RunStatus.Running, Begin.AddMinutes(1));
        Release(1, Begin.AddMinutes(2));
        Assert.Equal(3, await teller.RunOnceAsync(Token));
        Run(2, RunStatus.Succeeded, Begin.AddMinutes(1));
        Assert.Equal(1, await teller.RunOnceAsync(Token));
        Assert.Equal(0, await teller.RunOnceAsync(Token));
        // Another process finds in the catalog what the first one told.
        Assert.Equal(0, await Teller().RunOnceAsync(Token));

        Assert.Equal(["train START", "release START", "release COMPLETE", "train COMPLETE"], collector.Received.Select(Describe));
        Assert.All(collector.Received, told => Assert.Equal("shop", told.GetProperty("job").GetProperty("namespace").GetString()));
    }

    [Fact]
    public async Task RunOnce_CollectorIsDown_TriesAgainWithPausesAndInOrder()
    {
        var teller = Teller();
        await teller.RunOnceAsync(Token);
        Run(1, RunStatus.Succeeded, Begin.AddSeconds(1));
        collector.Answer = HttpStatusCode.ServiceUnavailable;
        for (var round = 0; round < 10; round++)
        {
            await teller.RunOnceAsync(Token);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        // At once, after 5 s, and after 10 s more not yet; the end waits for the begin.
        Assert.Equal(2, collector.Calls);
        collector.Answer = HttpStatusCode.Created;
        time.Advance(TimeSpan.FromMinutes(1));
        // A process that ended meanwhile loses nothing.
        Assert.Equal(2, await Teller().RunOnceAsync(Token));
        Assert.Equal(["train START", "train COMPLETE"], collector.Received.Select(Describe));
    }

    [Fact]
    public async Task RunOnce_EventIsRefused_GoesOnWithTheNext()
    {
        var teller = Teller();
        await teller.RunOnceAsync(Token);
        Run(1, RunStatus.Succeeded, Begin.AddSeconds(1));
        collector.Answer = HttpStatusCode.BadRequest;
        Assert.Equal(0, await teller.RunOnceAsync(Token));
        Assert.Equal(2, collector.Calls);
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await teller.RunOnceAsync(Token));
        Assert.Equal(2, collector.Calls);
        Assert.Equal(2, (await records.ListAsync(RecordKind.LineageEvent, new RecordFilter { Status = "failed" }, Token)).Count);
    }

    [Fact]
    public async Task RunOnce_KeyIsNotSet_WaitsForIt()
    {
        lineage = lineage! with { KeyVariable = "KEY" };
        string? secret = null;
        var teller = Teller(name => name == "KEY" ? secret : null);
        await teller.RunOnceAsync(Token);
        Run(1, RunStatus.Running, Begin.AddSeconds(1));
        Assert.Equal(0, await teller.RunOnceAsync(Token));
        Assert.Equal(0, collector.Calls);
        secret = "abc";
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await teller.RunOnceAsync(Token));
        Assert.Equal("Bearer abc", collector.Authorization);
    }

    [Fact]
    public async Task RunOnce_File_AppendsALineEach()
    {
        lineage = new LineageDefinition("lineage/events.ndjson", null, null);
        var teller = Teller();
        await teller.RunOnceAsync(Token);
        Run(1, RunStatus.Failed, Begin.AddSeconds(1));
        Assert.Equal(2, await teller.RunOnceAsync(Token));
        var lines = await File.ReadAllLinesAsync(Path.Combine(folder.Path, "lineage", "events.ndjson"), Token);
        Assert.Equal(["train START", "train FAIL"], lines.Select(line => Describe(JsonElement.Parse(line))));
        Assert.Equal("fairlead://tests", JsonElement.Parse(lines[0]).GetProperty("job").GetProperty("namespace").GetString());
    }

    [Fact]
    public async Task RunOnce_NotAskedFor_DoesNothing()
    {
        lineage = null;
        Run(1, RunStatus.Succeeded, Begin);
        Assert.Equal(0, await Teller().RunOnceAsync(Token));
        Assert.Empty(await records.ListAsync(RecordKind.LineageEvent, new RecordFilter(), Token));
    }

    private static string Describe(JsonElement told) => $"{told.GetProperty("job").GetProperty("name")} {told.GetProperty("eventType")}";

    private LineageTeller Teller(Func<string, string?>? secrets = null) => new(
        new LineageWorkspace(folder.Path, () => lineage), catalogs, catalogs, catalogs, catalogs, catalogs, records, http, secrets ?? (static _ => null), time, NullLogger<LineageTeller>.Instance);

    private void Release(int number, DateTimeOffset at) => catalogs.Releases.Add(
        new Release { Name = new ReleaseName(number), Commit = Commit(), ProjectFile = Artifact("fairlead.yaml"), Services = [], CreatedAt = at, CreatedBy = "ann" });

    private void Run(int number, RunStatus status, DateTimeOffset at)
    {
        catalogs.Runs.RemoveAll(run => run.Id.Number == number);
        catalogs.Runs.Add(new Run
        {
            Id = new RunId("train", number),
            Key = Digest.Of(Encoding.UTF8.GetBytes($"{number}")),
            KeyParts = [],
            Status = status,
            Commit = Commit(),
            Command = "train",
            Parameters = new Dictionary<string, JsonElement>(),
            Inputs = [],
            StartedAt = at,
            FinishedAt = status == RunStatus.Running ? null : at.AddMinutes(5),
            Machine = "box",
            StartedBy = "ann",
            Sandbox = "plain",
        });
    }

    private static CommitState Commit() => new("0123456789abcdef0123456789abcdef01234567", "main", null);

    private static ArtifactRef Artifact(string name) => new(ArtifactKind.Blob, Digest.Of(Encoding.UTF8.GetBytes(name)), name.Length);
}
