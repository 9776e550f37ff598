using System.Text.Json.Serialization;

namespace Fairlead.Domain.Models;

/// <summary>Element types, named as the Open Inference Protocol names them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TensorType>))]
public enum TensorType : byte
{
    [JsonStringEnumMemberName("BOOL")] Bool = 1,
    [JsonStringEnumMemberName("UINT8")] UInt8 = 2,
    [JsonStringEnumMemberName("UINT16")] UInt16 = 3,
    [JsonStringEnumMemberName("UINT32")] UInt32 = 4,
    [JsonStringEnumMemberName("UINT64")] UInt64 = 5,
    [JsonStringEnumMemberName("INT8")] Int8 = 6,
    [JsonStringEnumMemberName("INT16")] Int16 = 7,
    [JsonStringEnumMemberName("INT32")] Int32 = 8,
    [JsonStringEnumMemberName("INT64")] Int64 = 9,
    [JsonStringEnumMemberName("FP16")] Float16 = 10,
    [JsonStringEnumMemberName("BF16")] BFloat16 = 11,
    [JsonStringEnumMemberName("FP32")] Float32 = 12,
    [JsonStringEnumMemberName("FP64")] Float64 = 13,
    [JsonStringEnumMemberName("BYTES")] Bytes = 14,
}
