namespace Fairlead.Inference.Tensors;

/// <summary>Where in the block each input of the signature was written, in whatever order the client sent them.</summary>
internal sealed class InputPlaces
{
    private const int Missing = -1;
    private int[] starts = [];
    private int[] lengths = [];
    private int last;

    public int Count { get; private set; }

    /// <summary>True when every input follows its predecessor in the signature.</summary>
    public bool AreInOrder { get; private set; }

    public void Reset(int count)
    {
        if (starts.Length < count)
        {
            starts = new int[count];
            lengths = new int[count];
        }

        Count = count;
        starts.AsSpan(0, count).Fill(Missing);
        AreInOrder = true;
        last = -1;
    }

    public bool Has(int index) => starts[index] != Missing;

    public int Start(int index) => starts[index];

    public int Length(int index) => lengths[index];

    public void Set(int index, int start, int length)
    {
        AreInOrder &= index > last;
        last = index;
        starts[index] = start;
        lengths[index] = length;
    }
}
