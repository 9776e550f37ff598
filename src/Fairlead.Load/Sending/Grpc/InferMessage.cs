using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Load.Inputs;
using Google.Protobuf;

namespace Fairlead.Load.Sending.Grpc;

/// <summary>Writes a request of the Open Inference Protocol as a message, its tensors raw.</summary>
internal static class InferMessage
{
    public static byte[] Write(string service, InputBatch batch)
    {
        var request = new ModelInferRequest { ModelName = service };
        foreach (var tensor in batch.Tensors)
        {
            request.Inputs.Add(new ModelInferRequest.Types.InferInputTensor { Name = tensor.Name, Datatype = tensor.Type.WireName(), Shape = { tensor.Shape } });
            request.RawInputContents.Add(ByteString.CopyFrom(Raw(tensor)));
        }

        return request.ToByteArray();
    }

    /// <summary>Little-endian and row-major; a text is its length in four bytes, then its UTF-8.</summary>
    private static byte[] Raw(InputTensor tensor)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var element in tensor.Elements)
        {
            if (element is string text)
                WriteText(buffer, text);
            else
                WriteFixed(buffer, tensor.Type, element);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteText(ArrayBufferWriter<byte> buffer, string text)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(sizeof(int)), Encoding.UTF8.GetByteCount(text));
        buffer.Advance(sizeof(int));
        Encoding.UTF8.GetBytes(text, buffer);
    }

    private static void WriteFixed(ArrayBufferWriter<byte> buffer, TensorType type, object element)
    {
        var target = buffer.GetSpan(sizeof(long));
        switch (type)
        {
            case TensorType.Float16: BinaryPrimitives.WriteHalfLittleEndian(target, (Half)(double)element); break;
            case TensorType.BFloat16: BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)(BitConverter.SingleToUInt32Bits((float)(double)element) >> 16)); break;
            case TensorType.Float32: BinaryPrimitives.WriteSingleLittleEndian(target, (float)(double)element); break;
            case TensorType.Float64: BinaryPrimitives.WriteDoubleLittleEndian(target, (double)element); break;
            case TensorType.UInt64 when element is ulong number: BinaryPrimitives.WriteUInt64LittleEndian(target, number); break;
            // Integers and truth values: of a shorter type the lowest bytes.
            default: BinaryPrimitives.WriteInt64LittleEndian(target, Convert.ToInt64(element, CultureInfo.InvariantCulture)); break;
        }

        buffer.Advance(type.ElementSize());
    }
}
