using System.Buffers;
using System.Diagnostics;
using System.Text;
using Fairlead.Bench.Results;
using Fairlead.Bench.Workspaces;
using Fairlead.Domain.Predictions;
using Fairlead.Inference;
using Fairlead.Inference.Rest;
using Fairlead.Predictions.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Bench.Scenarios;

/// <summary>
/// The host's own work on one row over REST, stage by stage in this process, each alone and hot. What a request costs beyond their sum is the
/// server's, the kernel's and the hand-over between threads.
/// </summary>
internal sealed class StagesScenario : IScenario
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    public string Name => "stages";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var model = await ServedModel.OpenAsync(context.Workspace, cancellationToken);
        var log = SegmentWriter.Open(
            new SegmentWriterOptions { Folder = Path.Combine(context.Folder, "stages-log") }, context.Time, NullLogger<SegmentWriter>.Instance);
        await using var writer = log;
        var stages = StagesOf(model, log);
        var microseconds = stages.ToDictionary(stage => stage.Name, _ => new List<double>());
        foreach (var (_, run) in stages)
            Measure(run, context.Options.Quick ? Slice : context.Options.WarmUp / stages.Count / 2);
        for (var round = 0; round < context.Options.Rounds * 4; round++)
        {
            foreach (var (name, run) in stages)
                microseconds[name].Add(Measure(run, Slice));
            cancellationToken.ThrowIfCancellationRequested();
        }

        return [.. stages.Select(stage => new Measure { Scenario = Name, What = stage.Name, Unit = "µs", Value = Median.Of(microseconds[stage.Name]) })];
    }

    private static List<(string Name, Action Run)> StagesOf(ServedModel model, SegmentWriter log)
    {
        var request = new InferRequest();
        var answer = new InferAnswer();
        var output = new ArrayBufferWriter<byte>(1024);
        var (codec, service) = (model.Session.Codec, model.Group.Service);
        var context = ContextOf(model);
        var (name, version, group) = (Encoding.UTF8.GetBytes(service.Name), Encoding.UTF8.GetBytes(model.Group.Release.ToString()), Encoding.UTF8.GetBytes(model.Group.Name.ToString()));
        var id = PredictionId.Create(1, new byte[16]);
        return
        [
            ("read the JSON into tensors", () =>
            {
                request.Clear();
                RestInferReader.Read(model.Body, null, codec, service.Name, request);
            }),
            ("run the model", () => model.Session.Run(request, answer)),
            ("write the JSON", () =>
            {
                output.ResetWrittenCount();
                RestInferWriter.Write(output, new AnswerHead { Model = name, Version = version, ServerGroup = group, Prediction = id }, request, answer, codec);
            }),
            ("append to the log", () =>
            {
                var entry = new CaptureEntry
                {
                    Id = id, TimeMicroseconds = 1, LatencyMicroseconds = 1, Status = 200, Rows = 1, Inputs = request.InputBlock, Outputs = answer.OutputBlock,
                };
                if (!log.TryAppend(context, entry, out _))
                    throw new BenchException("The log took no record; is the disk full?");
            }),
        ];
    }

    private static CaptureContext ContextOf(ServedModel model) => new()
    {
        ServerGroup = model.Group.Name,
        Release = model.Group.Release,
        Model = model.Group.Service.Name,
        ModelVersion = model.Group.Service.Model!.Number,
        ModelDigest = model.Group.Service.Digest,
        Configuration = model.Group.Configuration,
        Signature = model.Group.Service.Signature,
    };

    /// <returns>Microseconds of one run.</returns>
    private static double Measure(Action run, TimeSpan duration)
    {
        const int runsBetweenLooks = 64;
        var runs = 0L;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < duration)
        {
            for (var i = 0; i < runsBetweenLooks; i++)
                run();
            runs += runsBetweenLooks;
        }

        return clock.Elapsed.TotalMicroseconds / runs;
    }
}
