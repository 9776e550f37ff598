using Fairlead.Domain.Predictions;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Grpc;

/// <summary>How many bytes the parts of an answer take, which protobuf wants to know before each.</summary>
internal static class AnswerSize
{
    /// <summary>The whole <c>ModelInferResponse</c>.</summary>
    public static int Of(in AnswerHead head, InferRequest request, InferAnswer answer, SignatureCodec codec, bool isStream)
    {
        var size = ProtoOutput.FieldSize(head.Model.Length) + ProtoOutput.FieldSize(head.Version.Length) + AnswerParameters.Size(head, isStream);
        if (!request.Id.IsEmpty)
            size += ProtoOutput.FieldSize(request.Id.Length);
        for (var tensors = new AnswerTensors(request, answer, codec); tensors.Next();)
            size = checked(size + ProtoOutput.FieldSize(OfTensor(tensors)) + ProtoOutput.FieldSize(tensors.Tensor.Data.Length));
        return size;
    }

    /// <summary>The <c>InferOutputTensor</c>, whose elements stand elsewhere.</summary>
    public static int OfTensor(scoped in AnswerTensors tensors)
    {
        var prefix = (tensors.IsClasses ? tensors.Codec.ProtoClasses : tensors.Codec.Proto).Length;
        return tensors.Tensor.Rank == 0 ? prefix : prefix + ProtoOutput.FieldSize(OfDimensions(tensors.Tensor));
    }

    /// <summary>The dimensions, packed.</summary>
    public static int OfDimensions(scoped TensorView tensor)
    {
        var size = 0;
        for (var axis = 0; axis < tensor.Rank; axis++)
            size += ProtoOutput.VarintSize((ulong)tensor.Dimension(axis));
        return size;
    }
}
