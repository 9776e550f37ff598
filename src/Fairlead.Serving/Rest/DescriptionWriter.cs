using System.Text.Json;
using Fairlead.Grpc.Protocols.Inference;
using Tensor = Fairlead.Grpc.Protocols.Inference.ModelMetadataResponse.Types.TensorMetadata;

namespace Fairlead.Serving.Rest;

/// <summary>Writes the protocol's messages as the JSON that its clients expect: names as in the .proto files, 64-bit numbers as numbers.</summary>
internal static class DescriptionWriter
{
    public static void Write(Utf8JsonWriter json, ModelMetadataResponse metadata)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, metadata.Name);
        json.WriteStartArray("versions"u8);
        foreach (var version in metadata.Versions)
            json.WriteStringValue(version);
        json.WriteEndArray();
        json.WriteString("platform"u8, metadata.Platform);
        WriteTensors(json, "inputs", metadata.Inputs);
        WriteTensors(json, "outputs", metadata.Outputs);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ModelConfig config)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, config.Name);
        json.WriteString("platform"u8, config.Platform);
        json.WriteString("backend"u8, config.Backend);
        json.WriteNumber("max_batch_size"u8, config.MaxBatchSize);
        json.WriteStartArray("input"u8);
        foreach (var input in config.Input)
            WriteTensor(json, input.Name, input.DataType, input.Dims);
        json.WriteEndArray();
        json.WriteStartArray("output"u8);
        foreach (var output in config.Output)
            WriteTensor(json, output.Name, output.DataType, output.Dims);
        json.WriteEndArray();
        if (config.DynamicBatching is { } batching)
        {
            json.WriteStartObject("dynamic_batching"u8);
            WriteNumbers(json, "preferred_batch_size", batching.PreferredBatchSize.Select(size => (long)size));
            json.WriteNumber("max_queue_delay_microseconds"u8, batching.MaxQueueDelayMicroseconds);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ModelStatistics statistics)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, statistics.Name);
        json.WriteString("version"u8, statistics.Version);
        json.WriteNumber("last_inference"u8, statistics.LastInference);
        json.WriteNumber("inference_count"u8, statistics.InferenceCount);
        json.WriteNumber("execution_count"u8, statistics.ExecutionCount);
        var parts = statistics.InferenceStats;
        json.WriteStartObject("inference_stats"u8);
        Write(json, "success", parts.Success);
        Write(json, "fail", parts.Fail);
        Write(json, "queue", parts.Queue);
        Write(json, "compute_input", parts.ComputeInput);
        Write(json, "compute_infer", parts.ComputeInfer);
        Write(json, "compute_output", parts.ComputeOutput);
        Write(json, "cache_hit", parts.CacheHit);
        Write(json, "cache_miss", parts.CacheMiss);
        json.WriteEndObject();
        json.WriteStartArray("batch_stats"u8);
        foreach (var batch in statistics.BatchStats)
        {
            json.WriteStartObject();
            json.WriteNumber("batch_size"u8, batch.BatchSize);
            Write(json, "compute_input", batch.ComputeInput);
            Write(json, "compute_infer", batch.ComputeInfer);
            Write(json, "compute_output", batch.ComputeOutput);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, RepositoryEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, entry.Name);
        json.WriteString("version"u8, entry.Version);
        json.WriteString("state"u8, entry.State);
        json.WriteString("reason"u8, entry.Reason);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, StatisticDuration duration)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count"u8, duration.Count);
        json.WriteNumber("ns"u8, duration.Ns);
        json.WriteEndObject();
    }

    private static void WriteTensors(Utf8JsonWriter json, string role, IEnumerable<Tensor> tensors)
    {
        json.WriteStartArray(role);
        foreach (var tensor in tensors)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, tensor.Name);
            json.WriteString("datatype"u8, tensor.Datatype);
            WriteNumbers(json, "shape", tensor.Shape);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTensor(Utf8JsonWriter json, string name, DataType type, IEnumerable<long> dimensions)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteString("data_type"u8, "TYPE_" + type.ToString()["Type".Length..].ToUpperInvariant());
        WriteNumbers(json, "dims", dimensions);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
