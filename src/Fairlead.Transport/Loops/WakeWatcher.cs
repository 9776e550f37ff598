namespace Fairlead.Transport.Loops;

/// <summary>Watches what wakes the loop: to be awake is all there is to do.</summary>
internal sealed class WakeWatcher : IWatcher
{
    public void NoticeHangup()
    {
        // It has no peer.
    }

    public void OnEvents(uint events)
    {
        // What was posted is run after all events.
    }

    public void OnFailed(Exception reason)
    {
        // Nothing can.
    }

    public void OnLost(Exception reason)
    {
        // The loop closes it.
    }
}
