using System.Text.Json;
using Fairlead.Delivery.Hosts;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Models;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Web.Contracts;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

/// <summary>A project with something of everything.</summary>
internal static class PageSamples
{
    public const string Hostile = "<script>alert('x')</script>\"&";

    public static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly CommitState Commit = new("4f1c2ab90dfe3310aa77b1c5d2e4f60718293a4b", "main", null);

    private static readonly CommitState DirtyCommit = Commit with { DirtyDigest = Digest.Of("dirty"u8) };

    private static readonly Signature Signature = new(
        [new TensorSpec("origin", TensorType.Bytes, [-1, 1]), new TensorSpec("hour", TensorType.Int64, [-1, 1]), new TensorSpec("distance", TensorType.Float32, [-1, 1])],
        [new TensorSpec("late", TensorType.Float32, [-1, 1])]);

    public static ModelVersion Model(string name, int number) => new()
    {
        Model = name,
        Number = number,
        Artifact = Artifact($"{name} {number}"),
        Signature = Signature,
        Run = new RunId("train", number),
        CreatedAt = Now.AddHours(-number),
    };

    public static ArtifactRef Artifact(string content) => new(ArtifactKind.Blob, Digest.Of(System.Text.Encoding.UTF8.GetBytes(content)), 48_213);

    public static Release Release(int number, string createdBy = "ada") => new()
    {
        Name = new ReleaseName(number),
        Commit = number == 2 ? DirtyCommit : Commit,
        ProjectFile = Artifact("project"),
        Services = [new ReleasedService { Name = "late", Model = Model("late", number) }, new ReleasedService { Name = "briefing", Model = Model("briefing", 1), Durability = CaptureDurability.Acknowledged }],
        CreatedAt = Now.AddHours(number - 5),
        CreatedBy = createdBy,
    };

    public static ServerGroup Group(string service, string environment, int number, ServerGroupStatus status, int percent = 0, string by = "ada") => new()
    {
        Name = new ServerGroupName(service, environment, number),
        Release = new ReleaseName(number),
        Service = new ReleasedService { Name = service, Model = Model(service, number) },
        Configuration = Digest.Of("{}"u8),
        Status = status,
        Weight = new Weight(percent * 100),
        CreatedAt = Now.AddHours(number - 5),
        CreatedBy = by,
        EnabledAt = status is ServerGroupStatus.Enabled or ServerGroupStatus.Disabled ? Now.AddHours(number - 5).AddMinutes(7) : null,
        EnabledBy = by,
        Error = status == ServerGroupStatus.Failed ? "The model is cut short: protobuf parsing failed." : null,
    };

    public static StatusAnswer Status(params ServerGroup[] groups) => new()
    {
        Project = "flights",
        ProjectRoot = "/home/ada/flights",
        Commit = Commit,
        ControlUrl = "http://localhost:7070",
        ControlProcessId = 4711,
        HostUrl = "http://localhost:7071",
        DesiredVersion = 12,
        Environments = ["stage", "prod", "acme"],
        ServerGroups = groups,
    };

    public static HostStatus Host(long applied = 12, long lost = 0, bool isReachable = true, string url = "http://localhost:7071") => new(
        new HostReport
        {
            ProcessId = 4712,
            Url = url,
            StartedAt = Now.AddHours(-5),
            AppliedVersion = applied,
            Answered = 20_481,
            Captured = 20_481 - lost,
            CaptureLost = lost,
            Captures = [new CaptureReport { ServerGroup = new ServerGroupName("briefing", "stage", 1), Sampled = 1200, Lost = 0, TooLong = 3, Unreadable = 0 }],
            Instances =
            [
                new InstanceReport(new ServerGroupName("briefing", "stage", 1), 2, InstanceState.Ejected, "4820", 3, "its checks fail"),
                new InstanceReport(new ServerGroupName("briefing", "stage", 1), 1, InstanceState.Ready, "4811", 0, null),
            ],
        },
        Now.AddSeconds(-2),
        isReachable);

    public static Run Run(string step, int number, RunStatus status = RunStatus.Succeeded, string by = "ada") => new()
    {
        Id = new RunId(step, number),
        Key = Digest.Of([(byte)number]),
        KeyParts = [new KeyPart("code:trainer/", Digest.Of("code"u8).ToString()), new KeyPart("command", "\"dotnet run\""), new KeyPart("param:l2", "0.01")],
        Status = status,
        Commit = number == 2 ? DirtyCommit : Commit,
        Command = "dotnet run --project trainer -c Release",
        Parameters = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{"seed":7,"l2":0.01,"from":"2001-01-01"}""")!,
        Inputs =
        [
            new RunInput("raw", "dataset:flights", Artifact("flights"), 1, null),
            new RunInput("train", "split/train.parquet", Artifact("train"), null, new RunId("split", 1)),
        ],
        Outputs = [new RunOutput("model.onnx", Artifact("model"))],
        Metrics = status == RunStatus.Succeeded ? new Dictionary<string, double> { ["auc"] = 0.6072131, ["log_loss"] = 0.50213 } : new Dictionary<string, double>(),
        Log = Artifact("log"),
        ExitCode = status == RunStatus.Succeeded ? 0 : 1,
        Error = status == RunStatus.Succeeded ? null : "The command ended with exit code 1.",
        StartedAt = Now.AddMinutes(-30 * number),
        FinishedAt = Now.AddMinutes(-30 * number).AddSeconds(41.3),
        Machine = "workbench",
        StartedBy = by,
        Sandbox = "plain",
        CpuSeconds = 63.2,
        PeakMemoryBytes = 512L * 1024 * 1024,
    };

    public static OverviewView Overview() => OverviewView.Of(
        Status(
            Group("late", "stage", 3, ServerGroupStatus.Enabled, 100),
            Group("late", "stage", 2, ServerGroupStatus.Disabled),
            Group("late", "prod", 3, ServerGroupStatus.Enabled, 10, "bob"),
            Group("late", "prod", 2, ServerGroupStatus.Enabled, 90),
            Group("late", "prod", 1, ServerGroupStatus.Disabled),
            Group("late", "prod", 4, ServerGroupStatus.Disabled) with { Mirror = new Weight(5000) },
            Group("briefing", "stage", 3, ServerGroupStatus.Failed),
            Group("briefing", "stage", 1, ServerGroupStatus.Enabled, 100),
            Group("briefing", "prod", 1, ServerGroupStatus.Preparing)),
        [Host(applied: 11, lost: 3)],
        [Release(3), Release(2), Release(1)],
        [Run("evaluate", 1), Run("train", 2), Run("split", 3), Run("train", 4, RunStatus.Failed), Run("train", 5, RunStatus.Running)],
        Now);

    public static OverviewView EmptyOverview() => OverviewView.Of(Status(), [], [], [], Now);

    public static PredictionView Prediction() => new()
    {
        Id = "019cb0e2-6f40-7a11-8c3d-5e2f60000000",
        At = TimeView.Of(Now.AddMinutes(-3), Now),
        Status = StatusView.OfHttp(200),
        Error = null,
        Facts = [new FactView("Environment", "prod"), new FactView("Service", "late"), new FactView("Latency", "0.41 ms"), new FactView("Role", "live")],
        Inputs = [new FactView("origin", "SFO"), new FactView("hour", "17"), new FactView("distance", "337")],
        Outputs = [new FactView("late", "0.3127")],
        Outcome = [],
        Verification = [],
        Trace = new TraceNodeView(
            "server group", "late-prod-v003", null, [new FactView("weight", "10%")],
            [
                new TraceNodeView("release", "v003", "/releases/v003", [new FactView("commit", "4f1c2ab90d"), new FactView("by", "ada")], []),
                new TraceNodeView(
                    "model version", "late@3", null, [new FactView("digest", Artifact("model").Digest.ToString())],
                    [
                        new TraceNodeView(
                            "run", "train-3", "/runs/train-3", [new FactView("l2", "0.01"), new FactView("seed", "7")],
                            [new TraceNodeView("run", "split-1", "/runs/split-1", [new FactView("until", "2001-02-01")],
                                [new TraceNodeView("dataset version", "flights@1", null, [new FactView("digest", Artifact("flights").Digest.ToString())], [])])]),
                    ]),
            ]),
    };

    public static PredictionsView Predictions() => new(
        "", null,
        [.. Enumerable.Range(0, 12).Select(i => new PredictionRow(
            $"019cb0e2-6f40-7a11-8c3d-5e2f6{i:d2}00000", TimeView.Of(Now.AddSeconds(-i * 7), Now), "prod", "late", "late-prod-v003",
            $"late 0.{i * 7919 % 9999:d4}", StatusView.OfHttp(i == 5 ? 400 : 200), "0.41 ms"))]);
}
