using System.Buffers;
using System.Text;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Grpc;

/// <summary>
/// Writes <c>ModelInferResponse</c> messages of the Open Inference Protocol V2. The tensors are always in <c>raw_output_contents</c>,
/// as all clients of the protocol read them, also for a request whose own were typed.
/// </summary>
public static class GrpcInferWriter
{
    /// <summary>
    /// Writes the model's name and version, the request's id if it had one, the parameters <c>prediction_id</c> and <c>server_group</c>, and
    /// the outputs that the request asked for.
    /// </summary>
    /// <param name="target">Gets a message without its frame.</param>
    /// <param name="request">That was answered.</param>
    /// <param name="codec">Of the session that answered.</param>
    /// <exception cref="Domain.Problems.FairleadException">Invalid: an output has too many elements for classes.</exception>
    public static void Write(IBufferWriter<byte> target, in AnswerHead head, InferRequest request, InferAnswer answer, SignatureCodec codec)
    {
        TopClasses.Prepare(request, answer, codec);
        WriteAnswer(target, head, request, answer, codec, isStream: false);
    }

    /// <summary>Writes the same as a <c>ModelStreamInferResponse</c>, with <c>triton_final_response</c>, since every request of a stream has one answer.</summary>
    /// <exception cref="Domain.Problems.FairleadException">Invalid: an output has too many elements for classes.</exception>
    public static void WriteStream(IBufferWriter<byte> target, in AnswerHead head, InferRequest request, InferAnswer answer, SignatureCodec codec)
    {
        TopClasses.Prepare(request, answer, codec);
        var message = new ProtoOutput(target);
        message.Length(ProtoTag.StreamAnswer, AnswerSize.Of(head, request, answer, codec, isStream: true));
        message.Complete();
        WriteAnswer(target, head, request, answer, codec, isStream: true);
    }

    /// <summary>Writes a <c>ModelStreamInferResponse</c> that says why a request of a stream failed, and which.</summary>
    /// <param name="requestId">UTF-8, empty when it had none.</param>
    public static void WriteStreamError(IBufferWriter<byte> target, string message, ReadOnlySpan<byte> requestId)
    {
        var error = new ProtoOutput(target);
        var room = Encoding.UTF8.GetByteCount(message);
        error.Length(ProtoTag.StreamError, room);
        error.Advance(Encoding.UTF8.GetBytes(message, error.Room(room)));
        error.Length(ProtoTag.StreamAnswer, requestId.IsEmpty ? 0 : ProtoOutput.FieldSize(requestId.Length));
        if (!requestId.IsEmpty)
            error.Bytes(ProtoTag.AnswerId, requestId);
        error.Complete();
    }

    private static void WriteAnswer(IBufferWriter<byte> target, in AnswerHead head, InferRequest request, InferAnswer answer, SignatureCodec codec, bool isStream)
    {
        var message = new ProtoOutput(target);
        message.Bytes(ProtoTag.AnswerModelName, head.Model);
        message.Bytes(ProtoTag.AnswerModelVersion, head.Version);
        if (!request.Id.IsEmpty)
            message.Bytes(ProtoTag.AnswerId, request.Id);
        AnswerParameters.Write(ref message, head, isStream);
        for (var tensors = new AnswerTensors(request, answer, codec); tensors.Next();)
            WriteTensor(ref message, tensors);
        for (var tensors = new AnswerTensors(request, answer, codec); tensors.Next();)
            message.Bytes(ProtoTag.AnswerRawOutputs, tensors.Tensor.Data);
        message.Complete();
    }

    private static void WriteTensor(ref ProtoOutput message, scoped in AnswerTensors tensors)
    {
        var prefix = tensors.IsClasses ? tensors.Codec.ProtoClasses : tensors.Codec.Proto;
        message.Length(ProtoTag.AnswerOutputs, AnswerSize.OfTensor(tensors));
        message.Raw(prefix);
        if (tensors.Tensor.Rank == 0)
            return;
        message.Length(ProtoTag.TensorShapePacked, AnswerSize.OfDimensions(tensors.Tensor));
        for (var axis = 0; axis < tensors.Tensor.Rank; axis++)
            message.Varint((ulong)tensors.Tensor.Dimension(axis));
    }
}
