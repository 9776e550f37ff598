using Fairlead.Domain.Predictions;

namespace Fairlead.Inference.Tensors;

/// <summary>Goes through the tensors that a client asked for, in the signature's order and the forms that it wants.</summary>
internal ref struct AnswerTensors(InferRequest request, InferAnswer answer, SignatureCodec codec)
{
    private readonly OutputChoice outputs = request.Outputs;
    private readonly TensorCodec[] codecs = codec.Outputs;
    private ReadOnlySpan<byte> block = answer.OutputBlock;
    private ReadOnlySpan<byte> classes = answer.Classes.Written;
    private int index = -1;

    public TensorView Tensor { get; private set; }

    public readonly TensorCodec Codec => codecs[index];

    public readonly bool IsBinary => outputs.IsBinary(index);

    /// <summary>True when <see cref="Tensor"/> holds the highest classes in place of what the model gave.</summary>
    public readonly bool IsClasses => outputs.Classes(index) > 0;

    public bool Next()
    {
        while (TensorBlock.TryRead(ref block, out var tensor))
        {
            index++;
            if (!outputs.Has(index))
                continue;
            if (IsClasses)
                TensorBlock.TryRead(ref classes, out tensor);
            Tensor = tensor;
            return true;
        }

        return false;
    }
}
