namespace Fairlead.Inference.Tensors;

/// <summary>Which outputs of the signature a client asked for.</summary>
internal sealed class OutputChoice
{
    private bool[] chosen = [];
    private bool any;

    public void Clear()
    {
        if (any)
            Array.Clear(chosen);
        any = false;
    }

    public void Add(int index, int count)
    {
        if (chosen.Length < count)
            Array.Resize(ref chosen, count);
        chosen[index] = true;
        any = true;
    }

    public bool Has(int index) => !any || (index < chosen.Length && chosen[index]);
}
