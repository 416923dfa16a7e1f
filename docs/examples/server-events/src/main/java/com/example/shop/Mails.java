package com.example.shop;

import java.util.concurrent.CountDownLatch;

/** Stands for a mail server. */
final class Mails {

  static final CountDownLatch SENT = new CountDownLatch(2);

  private Mails() {}

  static void send(Object customer, String text) {
    System.out.println("Mail to " + customer + ": " + text);
    SENT.countDown();
  }
}
