using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Fairlead.Domain.Models;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Inference.Tests.OnnxModels;
using Google.Protobuf;

namespace Fairlead.Inference.Tests.Grpc;

/// <summary>Elements in their raw form as the protocol's typed ones.</summary>
internal static class TypedContents
{
    public static InferTensorContents Of(TensorType type, ReadOnlySpan<byte> raw)
    {
        var contents = new InferTensorContents();
        switch (type)
        {
            case TensorType.Bool:
                contents.BoolContents.AddRange(raw.ToArray().Select(value => value != 0));
                break;
            case TensorType.Int8:
                contents.IntContents.AddRange(raw.ToArray().Select(value => (int)(sbyte)value));
                break;
            case TensorType.Int16:
                contents.IntContents.AddRange(MemoryMarshal.Cast<byte, short>(raw).ToArray().Select(value => (int)value));
                break;
            case TensorType.Int32:
                contents.IntContents.AddRange(MemoryMarshal.Cast<byte, int>(raw).ToArray());
                break;
            case TensorType.Int64:
                contents.Int64Contents.AddRange(MemoryMarshal.Cast<byte, long>(raw).ToArray());
                break;
            case TensorType.UInt8:
                contents.UintContents.AddRange(raw.ToArray().Select(value => (uint)value));
                break;
            case TensorType.UInt16:
                contents.UintContents.AddRange(MemoryMarshal.Cast<byte, ushort>(raw).ToArray().Select(value => (uint)value));
                break;
            case TensorType.UInt32:
                contents.UintContents.AddRange(MemoryMarshal.Cast<byte, uint>(raw).ToArray());
                break;
            case TensorType.UInt64:
                contents.Uint64Contents.AddRange(MemoryMarshal.Cast<byte, ulong>(raw).ToArray());
                break;
            case TensorType.Float32:
                contents.Fp32Contents.AddRange(MemoryMarshal.Cast<byte, float>(raw).ToArray());
                break;
            case TensorType.Float64:
                contents.Fp64Contents.AddRange(MemoryMarshal.Cast<byte, double>(raw).ToArray());
                break;
            case TensorType.Bytes:
                contents.BytesContents.AddRange(Strings(raw).Select(text => ByteString.CopyFrom(text)));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "has no typed contents");
        }

        return contents;
    }

    /// <summary>A request of one input whose elements come one by one, each with its own tag, as protobuf also allows.</summary>
    public static byte[] Unpacked(TensorType type, ReadOnlySpan<byte> raw, string name, long rows)
    {
        var packed = Of(type, raw);
        var contents = new ProtoWriter();
        foreach (var value in packed.BoolContents)
            contents.Integer(1, value ? 1 : 0);
        foreach (var value in packed.IntContents)
            contents.Integer(2, value);
        foreach (var value in packed.Int64Contents)
            contents.Integer(3, value);
        foreach (var value in packed.UintContents)
            contents.Integer(4, value);
        foreach (var value in packed.Uint64Contents)
            contents.Integer(5, (long)value);
        foreach (var value in packed.Fp32Contents)
            contents.Single(6, value);
        // ProtoWriter has no double: they are given in two packed parts, which protobuf allows as well.
        foreach (var value in packed.Fp64Contents)
            contents.Bytes(7, BitConverter.GetBytes(value));
        foreach (var value in packed.BytesContents)
            contents.Bytes(8, value.Span);
        return new ProtoWriter().Message(5, new ProtoWriter().Text(1, name).Text(2, type.WireName()).Integer(3, rows).Message(5, contents)).ToArray();
    }

    public static List<byte[]> Strings(ReadOnlySpan<byte> raw)
    {
        var texts = new List<byte[]>();
        while (!raw.IsEmpty)
        {
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(raw);
            texts.Add(raw.Slice(sizeof(uint), length).ToArray());
            raw = raw[(sizeof(uint) + length)..];
        }

        return texts;
    }
}
