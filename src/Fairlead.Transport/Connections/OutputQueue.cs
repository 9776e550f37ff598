using System.Buffers;
using Fairlead.Transport.Memory;
using Fairlead.Transport.Sockets;

namespace Fairlead.Transport.Connections;

/// <summary>What was written and has not been sent, in blocks that go out together by one call. Its owner guards it.</summary>
internal sealed class OutputQueue(SlabPool pool)
{
    private const int MostVectors = 64;
    private OutputBlock? first;
    private OutputBlock? last;
    private long written;
    private bool isHeld;

    /// <summary>Written, and given to be sent or not.</summary>
    public long Length { get; private set; }

    /// <summary>Written since the last <see cref="MarkFlushed"/>.</summary>
    public long Unflushed => written;

    /// <summary>Room at the end, the writer's until <see cref="Advance"/>: what comes before it may be sent meanwhile.</summary>
    public Memory<byte> GetRoom(int sizeHint)
    {
        isHeld = true;
        if (last is not null && last.Room is { Length: > 0 } room && room.Length >= sizeHint)
            return room;
        var block = new OutputBlock(sizeHint <= SlabPool.BlockSize ? pool.Rent() : MemoryPool<byte>.Shared.Rent(sizeHint));
        if (last is null)
            first = block;
        else
            last.Next = block;
        last = block;
        return block.Room;
    }

    public void Advance(int count)
    {
        if (count > 0 && (last is null || count > last.Room.Length))
            throw new ArgumentOutOfRangeException(nameof(count), count, "More than there was room for.");
        if (last is not null)
            last.End += count;
        isHeld = false;
        Length += count;
        written += count;
    }

    public void MarkFlushed() => written = 0;

    /// <summary>Sends as much as the kernel takes: zero when all is sent, else minus the <see cref="Errno"/>.</summary>
    public int Send(Descriptor socket)
    {
        while (Length > 0)
        {
            var sent = first!.Next is null ? SocketCalls.Send(socket, first.Unsent) : SendSeveral(socket);
            if (sent < 0)
                return sent;
            Take(sent);
        }

        if (!isHeld)
            Clear();
        return 0;
    }

    public void Clear()
    {
        for (var block = first; block is not null; block = block.Next)
            block.Free();
        (first, last, Length, written) = (null, null, 0, 0);
    }

    private unsafe int SendSeveral(Descriptor socket)
    {
        var vectors = stackalloc IoVector[MostVectors];
        var handles = new List<MemoryHandle>();
        try
        {
            var count = 0;
            for (var block = first; block is not null && count < MostVectors; block = block.Next)
            {
                var handle = block.Pin();
                handles.Add(handle);
                vectors[count++] = new IoVector { Start = (byte*)handle.Pointer + block.Start, Length = block.Length };
            }

            return SocketCalls.Send(socket, new ReadOnlySpan<IoVector>(vectors, count));
        }
        finally
        {
            foreach (var handle in handles)
                handle.Dispose();
        }
    }

    private void Take(int sent)
    {
        Length -= sent;
        while (sent > 0)
        {
            var block = first!;
            var part = Math.Min(sent, block.Length);
            block.Start += part;
            sent -= part;
            if (block.Length > 0 || block == last)
                continue;
            first = block.Next;
            block.Free();
        }
    }
}
