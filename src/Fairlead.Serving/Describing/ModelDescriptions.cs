using Fairlead.Domain.Models;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Telemetry;

namespace Fairlead.Serving.Describing;

/// <summary>What a model is and has done, in the protocol's messages, which REST writes as JSON.</summary>
internal static class ModelDescriptions
{
    private const string OnnxPlatform = "onnxruntime_onnx";
    private const string OnnxBackend = "onnxruntime";
    private const string ChainPlatform = "ensemble";
    private const ulong NanosecondsPerMicrosecond = 1000;

    public static ModelMetadataResponse Metadata(ServiceRoute service, LiveServerGroup group)
    {
        var signature = group.Service.Signature;
        return new ModelMetadataResponse
        {
            Name = service.Service,
            Versions = { service.Versions },
            Platform = group.Service.Chain is null ? OnnxPlatform : ChainPlatform,
            Inputs = { signature.Inputs.Select(Tensor) },
            Outputs = { signature.Outputs.Select(Tensor) },
        };
    }

    public static ModelConfig Config(ServiceRoute service, LiveServerGroup group)
    {
        var config = new ModelConfig
        {
            Name = service.Service,
            Platform = group.Service.Chain is null ? OnnxPlatform : ChainPlatform,
            Backend = group.Service.Chain is null ? OnnxBackend : "",
            Input = { group.Service.Signature.Inputs.Select(tensor => new ModelInput { Name = tensor.Name, DataType = TypeOf(tensor.Type), Dims = { tensor.Shape } }) },
            Output = { group.Service.Signature.Outputs.Select(tensor => new ModelOutput { Name = tensor.Name, DataType = TypeOf(tensor.Type), Dims = { tensor.Shape } }) },
        };
        if (group.Service.Batch is { } batch)
            config.DynamicBatching = new ModelDynamicBatching { PreferredBatchSize = { batch.MaxRows }, MaxQueueDelayMicroseconds = (ulong)batch.Wait.TotalMicroseconds };
        return config;
    }

    public static ModelStatistics Statistics(LiveServerGroup group)
    {
        var numbers = group.Metrics.Snapshot();
        var statistics = new ModelStatistics
        {
            Name = group.Name.Service,
            Version = group.Version,
            LastInference = (ulong)numbers.LastMilliseconds,
            InferenceCount = (ulong)numbers.Rows,
            ExecutionCount = (ulong)numbers.Runs,
            InferenceStats = new InferStatistics
            {
                Success = Duration(numbers.Succeeded, numbers.Latency.Sum - numbers.FailedSum),
                Fail = Duration(numbers.Failed, numbers.FailedSum),
                Queue = Duration(numbers.Succeeded, numbers.Queue.Sum),
                ComputeInput = Duration(numbers.Succeeded, numbers.InputSum),
                ComputeInfer = Duration(numbers.Succeeded, numbers.Inference.Sum),
                ComputeOutput = Duration(numbers.Succeeded, numbers.OutputSum),
                CacheHit = new StatisticDuration(),
                CacheMiss = new StatisticDuration(),
            },
        };
        for (var rows = 1; rows <= MetricLayout.LargestBatch; rows++)
        {
            var (runs, sum) = numbers.OfBatch(rows);
            if (runs > 0)
                statistics.BatchStats.Add(new InferBatchStatistics { BatchSize = (ulong)rows, ComputeInput = Duration(runs, 0), ComputeInfer = Duration(runs, sum), ComputeOutput = Duration(runs, 0) });
        }

        return statistics;
    }

    private static StatisticDuration Duration(long count, long microseconds) =>
        new() { Count = (ulong)count, Ns = (ulong)Math.Max(0, microseconds) * NanosecondsPerMicrosecond };

    private static ModelMetadataResponse.Types.TensorMetadata Tensor(TensorSpec tensor) =>
        new() { Name = tensor.Name, Datatype = tensor.Type.WireName(), Shape = { tensor.Shape } };

    private static DataType TypeOf(TensorType type) => type switch
    {
        TensorType.Bool => DataType.TypeBool,
        TensorType.UInt8 => DataType.TypeUint8,
        TensorType.UInt16 => DataType.TypeUint16,
        TensorType.UInt32 => DataType.TypeUint32,
        TensorType.UInt64 => DataType.TypeUint64,
        TensorType.Int8 => DataType.TypeInt8,
        TensorType.Int16 => DataType.TypeInt16,
        TensorType.Int32 => DataType.TypeInt32,
        TensorType.Int64 => DataType.TypeInt64,
        TensorType.Float16 => DataType.TypeFp16,
        TensorType.BFloat16 => DataType.TypeBf16,
        TensorType.Float32 => DataType.TypeFp32,
        TensorType.Float64 => DataType.TypeFp64,
        TensorType.Bytes => DataType.TypeString,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown element type"),
    };
}
