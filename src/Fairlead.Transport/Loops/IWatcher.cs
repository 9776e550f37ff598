namespace Fairlead.Transport.Loops;

/// <summary>Whoever is told what happens to a descriptor, always on the loop's thread.</summary>
internal interface IWatcher
{
    /// <summary>Tells it before anything else of a batch is handled that its peer will send no more.</summary>
    void NoticeHangup();

    /// <param name="events">Of <see cref="EpollEvents"/>. They are told once, when they begin to be true.</param>
    void OnEvents(uint events);

    /// <summary>Its handling of an event failed, and was given up in the middle.</summary>
    void OnFailed(Exception reason);

    /// <summary>The loop ends: there will be no more events.</summary>
    void OnLost(Exception reason);
}
