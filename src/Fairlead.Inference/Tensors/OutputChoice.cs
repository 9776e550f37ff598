using Fairlead.Domain.Problems;

namespace Fairlead.Inference.Tensors;

/// <summary>Which outputs of the signature a client asked for, and in which form.</summary>
internal sealed class OutputChoice
{
    private RequestedOutput[] outputs = [];
    private bool any;

    /// <summary>True when outputs that say nothing else are answered as binary data.</summary>
    public bool AreBinary { get; set; }

    /// <summary>True when some output is wanted as its highest classes.</summary>
    public bool HasClasses { get; private set; }

    public void Clear()
    {
        if (any)
            Array.Clear(outputs);
        any = false;
        AreBinary = false;
        HasClasses = false;
    }

    /// <exception cref="FairleadException">Invalid: the output is there already, or has no classes.</exception>
    public void Add(int index, SignatureCodec codec, RequestedOutput output)
    {
        var spec = codec.Outputs[index].Spec;
        if (outputs.Length < codec.Outputs.Length)
            Array.Resize(ref outputs, codec.Outputs.Length);
        if (outputs[index].IsChosen)
            throw Refusal.Invalid($"The request names an output twice: output '{spec.Name}' already exists in request.");
        if (output.Classes > 0 && !TopClasses.Has(spec.Type))
            throw Refusal.Invalid($"Output '{spec.Name}' has no classes, since its datatype is '{Domain.Models.TensorTypes.WireName(spec.Type)}'; ask for it without 'classification'.");
        outputs[index] = output with { IsChosen = true };
        any = true;
        HasClasses |= output.Classes > 0;
    }

    public bool Has(int index) => !any || (index < outputs.Length && outputs[index].IsChosen);

    public bool IsBinary(int index) => (any ? outputs[index].IsBinary : null) ?? AreBinary;

    /// <summary>How many of the highest classes are wanted in place of the tensor; 0 for the tensor itself.</summary>
    public int Classes(int index) => any ? outputs[index].Classes : 0;
}
