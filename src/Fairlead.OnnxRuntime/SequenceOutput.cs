using System.Buffers;

namespace Fairlead.OnnxRuntime;

/// <summary>
/// A sequence read as tensors, one row for each item; reused from call to call. The engine hands out maps as copies only, so that this costs
/// several of its allocations for each row.
/// </summary>
internal sealed unsafe class SequenceOutput(OnnxEngine engine, NativeOutput output)
{
    private const int MapKeys = 0;
    private const int MapValues = 1;
    private readonly OnnxApi api = engine.Api;
    private readonly long[][] shapes = [.. output.Tensors.Select(_ => new long[OnnxCall.MaxRank])];
    private readonly int[] ranks = new int[output.Tensors.Count];
    private readonly ArrayBufferWriter<byte>[] data = [.. output.Tensors.Select(_ => new ArrayBufferWriter<byte>())];
    private bool isRead;

    public ReadOnlySpan<long> Shape(int part) => shapes[part].AsSpan(0, ranks[part]);

    /// <summary>Row-major elements; strings are each a 32-bit little-endian length and the bytes.</summary>
    public ReadOnlySpan<byte> Data(int part) => data[part].WrittenSpan;

    /// <summary>Reads the sequence unless that is done.</summary>
    /// <exception cref="OnnxRuntimeException">The items are not alike.</exception>
    public void Read(nint sequence)
    {
        if (isRead)
            return;
        Clear();
        nuint count;
        api.Check(api.GetValueCount(sequence, &count));
        for (var item = 0; item < (int)count; item++)
        {
            var value = Take(sequence, item);
            try
            {
                if (output.Kind == NativeOutputKind.Maps)
                    AppendMap(value, item);
                else
                    Append(0, value, item);
            }
            finally
            {
                api.ReleaseValue(value);
            }
        }

        if (count == 0)
            SetEmptyShapes();
        else if (output.Kind == NativeOutputKind.Maps)
            RepeatKeys((int)count);
        isRead = true;
    }

    public void Clear()
    {
        isRead = false;
        foreach (var buffer in data)
            buffer.ResetWrittenCount();
    }

    /// <summary>Gives back buffers of more than so many bytes.</summary>
    public void Trim(int bytes)
    {
        for (var part = 0; part < data.Length; part++)
        {
            if (data[part].Capacity > bytes)
                data[part] = new ArrayBufferWriter<byte>();
        }
    }

    // A part of a sequence or map, which the caller releases.
    private nint Take(nint value, int index)
    {
        nint part;
        api.Check(api.GetValue(value, index, engine.Allocator, &part));
        return part;
    }

    private void AppendMap(nint map, int item)
    {
        var keys = Take(map, MapKeys);
        try
        {
            AppendKeys(keys, item);
        }
        finally
        {
            api.ReleaseValue(keys);
        }

        var values = Take(map, MapValues);
        try
        {
            Append(0, values, item);
        }
        finally
        {
            api.ReleaseValue(values);
        }
    }

    // Kept once: later rows are only compared, and the keys are repeated at the end.
    private void AppendKeys(nint keys, int item)
    {
        var before = data[1].WrittenCount;
        Append(1, keys, item);
        if (item == 0)
            return;
        var all = data[1].WrittenSpan;
        if (!all[before..].SequenceEqual(all[..before]))
            throw Unlike(item, "other keys");
        data[1].ResetWrittenCount();
        data[1].Advance(before);
    }

    private void RepeatKeys(int rows)
    {
        var length = data[1].WrittenCount;
        for (var row = 1; row < rows; row++)
            data[1].Write(data[1].WrittenSpan[..length]);
    }

    private void Append(int part, nint tensor, int item)
    {
        int type;
        long* dimensions;
        nuint rank;
        api.Check(api.GetTensorElementTypeAndShapeDataReference(tensor, &type, &dimensions, &rank));
        var shape = new ReadOnlySpan<long>(dimensions, (int)rank);
        if (shape.Length >= OnnxCall.MaxRank)
            throw new OnnxRuntimeException(OnnxErrorCode.NotImplemented, $"The output '{output.Name}' has items of '{shape.Length}' dimensions, and at most {OnnxCall.MaxRank - 1} are served; reshape them when the model is exported.");
        if (item == 0)
        {
            ranks[part] = shape.Length + 1;
            shape.CopyTo(shapes[part].AsSpan(1));
        }
        else if (!shape.SequenceEqual(Shape(part)[1..]))
        {
            throw Unlike(item, "another size");
        }

        shapes[part][0] = item + 1;
        CopyElements(part, tensor, shape);
    }

    private void CopyElements(int part, nint tensor, ReadOnlySpan<long> shape)
    {
        var elements = 1L;
        foreach (var dimension in shape)
            elements = checked(elements * dimension);
        var size = output.Tensors[part].Type.Size();
        if (size == 0)
        {
            var bytes = StringTensor.Size(api, tensor, checked((int)elements));
            StringTensor.Copy(api, tensor, (int)elements, data[part].GetSpan(bytes));
            data[part].Advance(bytes);
            return;
        }

        void* start;
        api.Check(api.GetTensorMutableData(tensor, &start));
        data[part].Write(new ReadOnlySpan<byte>(start, checked((int)(elements * size))));
    }

    private void SetEmptyShapes()
    {
        for (var part = 0; part < shapes.Length; part++)
        {
            var declared = output.Tensors[part].Shape;
            ranks[part] = declared.Count;
            for (var axis = 0; axis < declared.Count; axis++)
                shapes[part][axis] = Math.Max(0, declared[axis]);
        }
    }

    private OnnxRuntimeException Unlike(int item, string what) => new(
        OnnxErrorCode.Failed,
        $"The output '{output.Name}' has in row '{item}' {what} than in the rows before; export the model so that every row is alike.");
}
