using System.Runtime.InteropServices;

namespace Fairlead.OnnxRuntime;

/// <summary>
/// The tensors of one call of a session, reused from call to call: set every input, run, read the outputs, release them.
/// Steady calls of one shape allocate no managed memory. One thread at a time.
/// </summary>
public sealed unsafe class OnnxCall : IDisposable
{
    /// <summary>Most dimensions that a tensor may have.</summary>
    public const int MaxRank = 8;
    private readonly OnnxSession session;
    private readonly OnnxApi api;
    private readonly InputTensor[] inputs;
    private readonly SequenceOutput?[] sequences;
    private readonly int outputCount;
    private nint* values;

    internal OnnxCall(OnnxSession session)
    {
        this.session = session;
        api = session.Engine.Api;
        inputs = [.. session.Inputs.Select(info => new InputTensor(session.Engine, info))];
        outputCount = session.NativeOutputs.Count;
        sequences = [.. session.NativeOutputs.Select(output => output.Kind == NativeOutputKind.Tensor ? null : new SequenceOutput(session.Engine, output))];
        session.Enter();
        values = (nint*)NativeMemory.AllocZeroed((nuint)(inputs.Length + outputCount), (nuint)sizeof(nint));
    }

    ~OnnxCall() => Free();

    private nint* OutputValues => values + inputs.Length;

    /// <summary>Copies a tensor in.</summary>
    /// <param name="shape">Concrete dimensions.</param>
    /// <param name="data">Row-major little-endian elements; strings are each a 32-bit little-endian length and the bytes.</param>
    /// <exception cref="ArgumentException">The data does not fill the shape exactly.</exception>
    public void SetInput(int index, ReadOnlySpan<long> shape, ReadOnlySpan<byte> data)
    {
        ObjectDisposedException.ThrowIf(values is null, this);
        // Should setting it fail, no pointer to a tensor that is gone stays behind.
        values[index] = 0;
        inputs[index].Set(shape, data);
        values[index] = inputs[index].Value;
    }

    /// <summary>Runs the model over the inputs set; all of them must be.</summary>
    /// <exception cref="OnnxRuntimeException">The engine's own message: a shape that does not fit, a failed operator.</exception>
    public void Run()
    {
        ObjectDisposedException.ThrowIf(values is null, this);
        for (var i = 0; i < inputs.Length; i++)
        {
            if (values[i] == 0)
                throw new InvalidOperationException($"The input '{session.Inputs[i].Name}' was not set.");
        }

        ReleaseOutputs();
        session.Run(values, OutputValues);
        GC.KeepAlive(this);
    }

    /// <summary>Concrete dimensions of an output; valid until the outputs are released.</summary>
    /// <exception cref="OnnxRuntimeException">The items of a sequence are not alike.</exception>
    public ReadOnlySpan<long> OutputShape(int index) =>
        Sequence(index) is { } sequence ? sequence.Shape(session.Places[index].Part) : TensorShape(Output(index));

    /// <summary>Row-major elements of an output of numbers; valid until the outputs are released.</summary>
    public ReadOnlySpan<byte> OutputData(int index)
    {
        var size = session.Outputs[index].Type.Size();
        if (size == 0)
            throw new InvalidOperationException($"The output '{session.Outputs[index].Name}' holds strings; copy it.");
        if (Sequence(index) is { } sequence)
            return sequence.Data(session.Places[index].Part);
        void* data;
        api.Check(api.GetTensorMutableData(Output(index), &data));
        return new ReadOnlySpan<byte>(data, checked(OutputElements(index) * size));
    }

    /// <summary>Bytes that <see cref="CopyOutput"/> needs.</summary>
    public int OutputSize(int index)
    {
        if (Sequence(index) is { } sequence)
            return sequence.Data(session.Places[index].Part).Length;
        var elements = OutputElements(index);
        var size = session.Outputs[index].Type.Size();
        return size != 0 ? checked(elements * size) : StringTensor.Size(api, Output(index), elements);
    }

    /// <summary>Copies an output's elements; strings are each a 32-bit little-endian length and the bytes.</summary>
    /// <param name="target">As long as <see cref="OutputSize"/> says.</param>
    public void CopyOutput(int index, Span<byte> target)
    {
        if (Sequence(index) is { } sequence)
            sequence.Data(session.Places[index].Part).CopyTo(target);
        else if (session.Outputs[index].Type == OnnxElementType.String)
            StringTensor.Copy(api, Output(index), OutputElements(index), target);
        else
            OutputData(index).CopyTo(target);
    }

    /// <summary>Gives the outputs' memory back to the engine. Spans read from them are invalid from now on.</summary>
    public void ReleaseOutputs()
    {
        for (var i = 0; i < outputCount; i++)
        {
            if (OutputValues[i] == 0)
                continue;
            api.ReleaseValue(OutputValues[i]);
            OutputValues[i] = 0;
            sequences[i]?.Clear();
        }
    }

    /// <summary>Gives back the memory of inputs and sequences that hold more than so many bytes; a large request is not paid for by all later ones.</summary>
    public void Trim(int bytes)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].HeldBytes <= bytes)
                continue;
            inputs[i].Release();
            values[i] = 0;
        }

        foreach (var sequence in sequences)
            sequence?.Trim(bytes);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private nint Output(int index)
    {
        ObjectDisposedException.ThrowIf(values is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)session.Places.Length);
        var value = OutputValues[session.Places[index].Native];
        return value != 0 ? value : throw new InvalidOperationException("The call has not run.");
    }

    // Null for an output that is a tensor.
    private SequenceOutput? Sequence(int index)
    {
        var value = Output(index);
        var sequence = sequences[session.Places[index].Native];
        sequence?.Read(value);
        return sequence;
    }

    private ReadOnlySpan<long> TensorShape(nint value)
    {
        int type;
        long* dimensions;
        nuint rank;
        api.Check(api.GetTensorElementTypeAndShapeDataReference(value, &type, &dimensions, &rank));
        return new ReadOnlySpan<long>(dimensions, (int)rank);
    }

    private int OutputElements(int index)
    {
        var count = 1L;
        foreach (var dimension in OutputShape(index))
            count = checked(count * dimension);
        return checked((int)count);
    }

    private void Free()
    {
        if (values is null)
            return;
        ReleaseOutputs();
        foreach (var input in inputs)
            input.Release();
        NativeMemory.Free(values);
        values = null;
        session.Leave();
    }
}
