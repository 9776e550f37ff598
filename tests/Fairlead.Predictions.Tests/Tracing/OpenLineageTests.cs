using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Predictions.Tests.Compaction;
using Fairlead.Predictions.Tracing.OpenLineage;
using Fairlead.Testing;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Predictions.Tests.Tracing;

public sealed class OpenLineageTests : IDisposable
{
    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch.AddDays(11_000);
    private readonly Workbench bench = new();
    private readonly MemoryCatalogs catalogs = new();

    private OpenLineageExport Export => new(bench.Query, new NamedWorkspace(bench.Folder.ProjectRoot), catalogs, catalogs, catalogs, catalogs, catalogs);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Export_RunsDeploymentsAndPredictions_FollowThePublicSchemas()
    {
        Fill();
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        var events = await Export.ReadAsync(null, Token);

        var (problems, summary) = await ValidateAsync(events);
        Assert.Equal("", problems);
        Assert.Equal(
            $"checked {events.Count} errorMessage executionParameters fairlead_deployment fairlead_model fairlead_predictions jobType outputStatistics parent schema sourceCodeLocation version",
            summary.Trim());
        var (broken, _) = await ValidateAsync([.. events.Select(told => told.Replace("\"digest\":\"sha256:", "\"digest\":\"md5:").Replace("\"eventType\":\"START\"", "\"eventType\":\"BEGIN\""))]);
        Assert.Contains("BEGIN", broken);
        Assert.Contains("md5:", broken);
    }

    [Fact]
    public async Task Export_Events_TellEachThingOnceAndAlikeEachTime()
    {
        Fill();
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        var events = await Export.ReadAsync(null, Token);
        Assert.Equal(events, await Export.ReadAsync(null, Token));
        var told = events.Select(text => JsonElement.Parse(text)).ToList();
        Assert.Equal(
            ["deploy/prod/late COMPLETE", "deploy/prod/late START", "release COMPLETE", "release START", "serve/prod/late RUNNING", "serve/prod/late START", "split COMPLETE", "split START", "train COMPLETE", "train FAIL", "train START", "train START"],
            told.Select(one => $"{one.GetProperty("job").GetProperty("name")} {one.GetProperty("eventType")}").Order(StringComparer.Ordinal));
        Assert.Equal(6, told.Select(one => one.GetProperty("run").GetProperty("runId").GetGuid()).Distinct().Count());
        // What one makes and another reads has one name.
        var made = told.Single(one => one.GetProperty("job").GetProperty("name").GetString() == "train" && one.GetProperty("eventType").GetString() == "COMPLETE").GetProperty("outputs")[0];
        var served = told.First(one => one.GetProperty("job").GetProperty("name").GetString() == "serve/prod/late").GetProperty("inputs")[0];
        Assert.Equal("train/model.onnx", made.GetProperty("name").GetString());
        Assert.Equal(made.GetProperty("name").GetString(), served.GetProperty("name").GetString());
        Assert.Equal(made.GetProperty("facets").GetProperty("version").GetRawText(), served.GetProperty("facets").GetProperty("version").GetRawText());
    }

    [Fact]
    public async Task Export_Since_LeavesOutWhatWasBefore()
    {
        Fill();
        Assert.Empty(await Export.ReadAsync(Time.AddYears(1), Token));
        Assert.Equal(4, (await Export.ReadAsync(Time.AddHours(1.5), Token)).Count);
    }

    [Fact]
    public async Task Send_CollectorThatFailsAtFirst_GetsEveryEventInOrder()
    {
        var received = new List<string>();
        var calls = 0;
        await using var collector = await StartAsync(async context =>
        {
            // Every third call fails.
            if (Interlocked.Increment(ref calls) % 3 == 1)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            using var reader = new StreamReader(context.Request.Body);
            received.Add(await reader.ReadToEndAsync());
            context.Response.StatusCode = StatusCodes.Status201Created;
        });
        Fill();
        var events = await Export.ReadAsync(null, Token);
        using var client = new HttpClient();
        Assert.Equal(events.Count, await new OpenLineageSender(client, UrlOf(collector), TimeProvider.System).SendAsync(events, Token));
        Assert.Equal(events, received);
    }

    [Fact]
    public async Task Send_CollectorThatRefuses_SaysWhyAndIsAskedOnce()
    {
        var calls = 0;
        await using var collector = await StartAsync(context =>
        {
            Interlocked.Increment(ref calls);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync("no such producer");
        });
        using var client = new HttpClient();
        var error = await Assert.ThrowsAsync<FairleadException>(() => new OpenLineageSender(client, UrlOf(collector), TimeProvider.System).SendAsync(["{}"], Token));
        Assert.Equal(ProblemKind.Failed, error.Kind);
        Assert.Contains("no such producer", error.Message);
        Assert.Equal(1, calls);
    }

    private static async Task<(string Problems, string Summary)> ValidateAsync(IReadOnlyList<string> events)
    {
        var schemas = Path.Combine(Repository(), "tests/Fairlead.Predictions.Tests/Tracing/Schemas");
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [Path.Combine(schemas, "validate.py"), schemas, Path.Combine(Repository(), "docs/openlineage")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        foreach (var told in events)
            await process.StandardInput.WriteLineAsync(told);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0, await error);
        return (await output, await error);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Fairlead.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run within the repository.");
        return folder.FullName;
    }

    private static Task<LocalServer> StartAsync(RequestDelegate answer) => LocalServer.StartAsync(context =>
    {
        Assert.Equal(("POST", "/api/v1/lineage"), (context.Request.Method, context.Request.Path.Value));
        return answer(context);
    });

    private static Uri UrlOf(LocalServer server) => new(server.Url, "/api/v1/lineage");

    private static ArtifactRef Artifact(string name) => new(ArtifactKind.Blob, Digest.Of(Encoding.UTF8.GetBytes(name)), name.Length);

    private void Fill()
    {
        var commit = new CommitState("0123456789abcdef0123456789abcdef01234567", "main", null);
        catalogs.Datasets.Add(new DatasetVersion { Dataset = "flights", Number = 1, Artifact = Artifact("flights"), Path = "data/flights.parquet", RegisteredAt = Time, RegisteredBy = "ann", Commit = commit });
        var split = Run("split", 1, commit, 0, RunStatus.Succeeded, [new RunInput("flights", "dataset:flights", Artifact("flights"), 1, null)], "train.parquet");
        Run("train", 1, commit, 1, RunStatus.Failed, [new RunInput("train", "split/train.parquet", Artifact("train.parquet"), null, split.Id)], "model.onnx");
        var train = Run("train", 2, commit, 2, RunStatus.Succeeded, [new RunInput("train", "split/train.parquet", Artifact("train.parquet"), null, split.Id)], "model.onnx");
        var model = new ModelVersion { Model = "late", Number = 1, Artifact = Artifact("model.onnx"), Signature = Workbench.Flights().Signature, Run = train.Id, CreatedAt = Time };
        catalogs.Models.Add(model);
        var service = new ReleasedService { Name = "late", Model = model };
        catalogs.Releases.Add(new Release { Name = new ReleaseName(1), Commit = commit, ProjectFile = Artifact("fairlead.yaml"), Services = [service], CreatedAt = Time, CreatedBy = "ann" });
        catalogs.ServerGroups.Add(new ServerGroup
        {
            Name = new ServerGroupName("late", "prod", 1),
            Release = new ReleaseName(1),
            Service = service,
            Configuration = Digest.Of("{}"u8),
            Status = ServerGroupStatus.Enabled,
            Weight = Weight.All,
            CreatedAt = Time.AddHours(3),
            CreatedBy = "ben",
            EnabledAt = Time.AddHours(3.1),
        });
    }

    private Run Run(string step, int number, CommitState commit, int hour, RunStatus status, RunInput[] inputs, string output)
    {
        var run = new Run
        {
            Id = new RunId(step, number),
            Key = Digest.Of(Encoding.UTF8.GetBytes($"{step} {number}")),
            KeyParts = [],
            Status = status,
            Commit = commit,
            Command = $"run {step}",
            Parameters = new Dictionary<string, JsonElement> { ["l2"] = JsonElement.Parse("0.01"), ["kind"] = JsonElement.Parse("\"logistic \\\"regression\\\"\"") },
            Inputs = inputs,
            Outputs = status == RunStatus.Succeeded ? [new RunOutput(output, Artifact(output))] : [],
            Metrics = new Dictionary<string, double> { ["auc"] = 0.61, ["odd"] = double.NaN },
            Error = status == RunStatus.Succeeded ? null : "The command ended with code 1.",
            StartedAt = Time.AddHours(hour),
            FinishedAt = Time.AddHours(hour + 0.25),
            Machine = "box",
            StartedBy = "ann",
            Sandbox = "plain",
        };
        catalogs.Runs.Add(run);
        return run;
    }

    private sealed class NamedWorkspace(string root) : IWorkspace
    {
        public string Root => root;

        public Task<ProjectSnapshot> ReadAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new ProjectSnapshot(new ProjectDefinition { Name = "tests" }, "", new CommitState("0123456789abcdef", "main", null)));
    }
}
